import { createContext } from 'react';
import type { SourceRule } from '../../core/source/link.ts';

/** Where code is read, for the frames below; the public hosts alone where nobody says. */
export const SourceRules = createContext<readonly SourceRule[]>([]);
