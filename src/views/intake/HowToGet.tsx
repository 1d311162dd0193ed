import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { RECIPES, type Recipe } from './how-to-get.ts';
import './how-to-get.css';

/** Ways to get a dump, one tab each, every command with a copy button. */
export function HowToGet() {
  const [chosen, setChosen] = useState(RECIPES[0]?.id ?? '');
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = RECIPES.findIndex((recipe) => recipe.id === chosen);
    const next = RECIPES[(at + by + RECIPES.length) % RECIPES.length];
    if (next === undefined) return;
    setChosen(next.id);
    tabs.current?.querySelector<HTMLElement>(`[data-recipe="${next.id}"]`)?.focus();
  };
  const recipe = RECIPES.find((each) => each.id === chosen);
  return (
    <div className="how-to">
      <div className="how-to-tabs" role="tablist" aria-label="Ways to get a dump" ref={tabs} onKeyDown={step}>
        {RECIPES.map((each) => (
          <button
            key={each.id}
            type="button"
            role="tab"
            id={`${id}-${each.id}`}
            data-recipe={each.id}
            aria-selected={each.id === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={each.id === chosen ? 0 : -1}
            onClick={() => setChosen(each.id)}
          >
            {each.title}
          </button>
        ))}
      </div>
      {recipe === undefined ? null : (
        <div className="how-to-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${recipe.id}`}>
          <RecipeSteps recipe={recipe} />
        </div>
      )}
    </div>
  );
}

function RecipeSteps({ recipe }: { recipe: Recipe }) {
  return (
    <>
      <p>{recipe.when}</p>
      {recipe.steps.map((step) => (
        <div className="command" key={step.label}>
          <div className="command-head">
            <span className="muted">{step.label}</span>
            <CopyButton text={step.command} what={`command: ${step.label}`} className="button small" />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways must be reachable by keyboard. */}
          <pre tabIndex={0}>{step.command}</pre>
        </div>
      ))}
      <p className={recipe.careful ? 'careful' : 'muted'}>{recipe.note}</p>
    </>
  );
}
