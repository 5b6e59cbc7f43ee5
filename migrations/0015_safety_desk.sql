-- The desk behind the safety screen: what goes to pharmacovigilance and comes back, and second looks at what was let pass.
create table safety_reports (
  id text primary key,
  record_id text not null references safety_records (id),
  turn bigint not null, -- 1, and more when it went out again
  batch text not null unique, -- names its file; what the answer names
  number text not null, -- the worldwide number, the same in every turn
  made_at bigint not null,
  made_by text not null references people (id),
  xml_sealed blob not null, -- ICH E2B(R3), with the key of the record's words
  written_at bigint, -- since when it lies where pharmacovigilance takes it from
  answered_at bigint,
  answer text, -- the answer's own id
  local_number text, -- what pharmacovigilance calls it
  is_accepted bigint check (is_accepted in (0, 1)),
  why_sealed blob, -- why it was not taken, with the key of the record's words
  unique (record_id, turn)
);
create index safety_reports_unwritten on safety_reports (written_at, made_at, id);

-- Texts the screen let pass, drawn by chance when they came in, for a second look by a person.
create table safety_samples (
  id text primary key,
  screening_id text not null unique references screenings (id),
  locale text not null,
  person_id text references people (id),
  case_id text references cases (id),
  program_id text references programs (id),
  reporter text not null check (reporter in ('patient', 'visitor', 'staff')),
  text_sealed blob not null, -- with the person's key, or the common one
  drawn_at bigint not null,
  looked_at bigint,
  looked_by text references people (id),
  is_miss bigint check (is_miss in (0, 1)),
  record_id text references safety_records (id) -- the record a miss became
);
create index safety_samples_waiting on safety_samples (looked_at, drawn_at, id);

-- Jobs whose silence would be dangerous say here that they live.
create table heartbeats (
  name text primary key,
  at bigint not null
);

-- Texts that somebody must look for, should one ever be stored without its screening.
create index turns_at on turns (at, id);
create index content_ratings_at on content_ratings (at, id);
create index documents_received on documents (received_at, id);

-- What a safety officer asks the patient, in approved words, and what the patient says.
create table safety_questions (
  id text primary key,
  record_id text not null references safety_records (id),
  person_id text not null references people (id),
  what text not null check (what in ('reaction', 'began', 'better', 'product', 'lot')),
  asked_at bigint not null,
  asked_by text not null references people (id),
  answered_at bigint,
  answer_sealed blob, -- with the person's key
  unique (record_id, what)
);
create index safety_questions_person on safety_questions (person_id, answered_at, asked_at, id);
