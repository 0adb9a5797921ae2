/** What changed of incidents from one state of the data to the next, as `/events` tells it. */

/** How many came, are other than they were, and went. */
export interface ChangedIncidents {
  added: number;
  amended: number;
  withdrawn: number;
}

/** Two changes as one. */
export function joinedChanges(one: ChangedIncidents | null, other: ChangedIncidents | null): ChangedIncidents {
  const sum = (of: (changes: ChangedIncidents) => number): number => (one ? of(one) : 0) + (other ? of(other) : 0);
  return {
    added: sum(({ added }) => added),
    amended: sum(({ amended }) => amended),
    withdrawn: sum(({ withdrawn }) => withdrawn),
  };
}
