import type { KeepSetting } from '../store/surroundings.ts';

const KEY = 'standstill.keep';

/** Whether what is open is kept for a reload: yes, until the user says no. Storage may be forbidden or hold anything. */
export const keepSetting: KeepSetting = {
  read: () => {
    try {
      return localStorage.getItem(KEY) !== 'no';
    } catch {
      // A browser that forbids this keeps no files either, and says so.
      return true;
    }
  },
  write: (on) => {
    try {
      if (on) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, 'no');
    } catch {
      // It holds for this page.
    }
  },
};
