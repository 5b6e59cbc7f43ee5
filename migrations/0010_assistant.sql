-- Conversations: with the assistant, and with a person once it is handed over.
create table threads (
  id text primary key,
  token_hash text, -- a visitor's cookie
  person_id text references people (id),
  case_id text references cases (id),
  program_id text references programs (id),
  locale text not null,
  state text not null check (state in ('assistant', 'waiting', 'person', 'closed')),
  queue text check (queue in ('medical_information', 'access', 'general')),
  due_at bigint, -- by when a person answers, while one must
  created_at bigint not null,
  updated_at bigint not null,
  version bigint not null default 1
);
create unique index threads_person on threads (person_id, program_id) where person_id is not null;
create unique index threads_token on threads (token_hash, program_id) where token_hash is not null;
create index threads_waiting on threads (state, queue, updated_at, id);

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

-- Questions counted for a while, so that no person, browser or network can flood the desk.
create table questions (
  id text primary key,
  subject text not null, -- keyed hash of a person, a browser's token or a network
  at bigint not null
);
create index questions_subject on questions (subject, at);
