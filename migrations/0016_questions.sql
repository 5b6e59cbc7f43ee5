-- The assistant learns through people: what it could not answer, whether an answer helped, and what staff made of it.

-- A turn may also say that the question is in another language, and a hand-over is told apart from the offer of one.
alter table turns rename to turns_before;
create table turns (
  id text primary key,
  thread_id text not null references threads (id),
  seq bigint not null,
  author text not null check (author in ('person', 'portal', 'staff')),
  author_id text references people (id),
  text_sealed blob, -- what a human wrote; the portal's own turns point at content instead
  act text check (act in ('picked', 'none_of_these', 'person')), -- what a person pressed instead of writing
  outcome text check (outcome in ('emergency', 'crisis', 'safety', 'personal', 'answered', 'offered', 'other_language', 'no_match', 'handed_over')),
  shown text not null default '[]', -- JSON: [{"item":"BR/FAQ-012","edition":4,"locale":"es"}]
  locale text not null,
  tongue text, -- the language the question seems to be in, where the outcome is that it is another one
  confidence bigint, -- thousandths
  due_at bigint, -- by when a person answers, on the turn that handed over
  at bigint not null,
  unique (thread_id, seq)
);
insert into turns (id, thread_id, seq, author, author_id, text_sealed, act, outcome, shown, locale, confidence, due_at, at)
select id, thread_id, seq, author, author_id, text_sealed, act,
  case when outcome = 'no_match' and due_at is not null then 'handed_over' else outcome end,
  shown, locale, confidence, due_at, at
from turns_before;
drop table turns_before;
create index turns_at on turns (at, id);

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
