-- The assistant learns through people: what it could not answer, whether an answer helped, and what staff made of it.

-- Whether an answer helped, as whoever asked says; said again, it is what was said last.
create table turn_ratings (
  turn_id text primary key references turns (id), -- the answer
  helpful bigint not null check (helpful in (0, 1)),
  comment_sealed blob, -- with the key of the conversation
  at bigint not null
);

-- Questions without a good answer. The words stay in the turn, sealed with the key of whoever asked.
create table question_gaps (
  turn_id text primary key references turns (id), -- the question
  program_id text not null references programs (id),
  locale text not null,
  why text not null check (why in ('no_match', 'none_of_these', 'not_helpful')),
  at bigint not null,
  linked_item text references content_items (id), -- what will answer it
  linked_edition bigint,
  linked_variant text references content_variants (id), -- what is being written for it
  phrasing text, -- the way to ask that staff wrote
  is_written bigint not null default 0 check (is_written in (0, 1)), -- 0: the phrasing waits for a translation to begin
  linked_at bigint,
  linked_by text references people (id),
  settled_at bigint -- the answer is live, or somebody put the question aside
);
create index question_gaps_open on question_gaps (program_id, locale, at, turn_id) where settled_at is null;
create index question_gaps_item on question_gaps (linked_item, locale, linked_edition) where settled_at is null;
