-- Safety: what the screen said of every free text, and the records a person must settle.
create table screenings (
  id text primary key,
  source text not null check (source in ('chat', 'thread', 'enrollment', 'upload_note', 'case_note', 'case_step', 'message', 'rating', 'safety_answer', 'report')),
  source_id text not null, -- the row that keeps the text
  digest text not null, -- keyed hash of the text: the same words again are not screened twice, changed words are
  kind text not null,
  is_flagged bigint not null check (is_flagged in (0, 1)),
  score bigint not null, -- thousandths
  at bigint not null,
  unique (source, source_id, digest)
);

create table safety_records (
  id text primary key,
  number text not null unique, -- 'SR-000042'
  screening_id text not null unique references screenings (id),
  source text not null,
  source_id text not null,
  is_screen_miss bigint not null default 0 check (is_screen_miss in (0, 1)), -- a person flagged what the screen let pass
  locale text not null,
  kind text not null,
  kinds text not null, -- JSON, all kinds found
  program_id text references programs (id),
  case_id text references cases (id),
  person_id text references people (id),
  reporter text not null check (reporter in ('patient', 'visitor', 'staff')),
  verbatim_sealed blob not null, -- with the person's key, or the common one when nobody is known
  aware_at bigint not null, -- never changes; its clock never pauses
  triage_due bigint not null,
  report_due bigint not null,
  has_reporter bigint not null check (has_reporter in (0, 1)),
  has_patient bigint not null check (has_patient in (0, 1)),
  has_product bigint not null check (has_product in (0, 1)),
  has_reaction bigint not null check (has_reaction in (0, 1)),
  state text not null check (state in ('flagged', 'acknowledged', 'triaged', 'sent', 'closed')),
  rank bigint not null default 0, -- the state's place in the queue: what nobody has looked at stands first
  acknowledged_at bigint,
  acknowledged_by text references people (id),
  triaged_at bigint,
  triaged_by text references people (id),
  triaged_as text check (triaged_as in ('ae', 'pqc', 'both', 'special_situation', 'not_safety')),
  details_sealed blob, -- JSON: what pharmacovigilance needs to know, with the key of the verbatim
  is_accepted bigint not null default 0 check (is_accepted in (0, 1)), -- pharmacovigilance took it
  closed_at bigint,
  closed_by text references people (id),
  closed_as text check (closed_as in ('ae', 'pqc', 'both', 'special_situation', 'not_safety')),
  reason_sealed blob, -- why it was closed, with the key of the verbatim
  version bigint not null default 1
);
create index safety_records_queue on safety_records (rank, report_due, id);
create index safety_records_month on safety_records (aware_at, id);
create index safety_records_source on safety_records (source, source_id);
create index safety_records_case on safety_records (case_id, aware_at, id);

create table safety_numbers (
  id bigint primary key check (id = 1),
  last bigint not null
);
insert into safety_numbers (id, last) values (1, 0);
