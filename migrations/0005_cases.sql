-- One person's case in one program, and how it got where it is.
create table cases (
  id text primary key,
  number text not null unique,
  program_id text not null references programs (id),
  person_id text not null references people (id),
  filler text not null check (filler in ('self', 'caregiver', 'staff')),
  stage text not null check (stage in ('enrollment_started', 'access_in_progress', 'therapy_start_confirmed', 'refill_support_ongoing', 'closed')),
  sub_status text not null,
  waiting_on text not null check (waiting_on in ('you', 'doctor', 'insurer', 'pharmacy', 'program', 'nobody')),
  since bigint not null, -- when it came to this sub-status
  expected_on text, -- the day the next thing is expected by
  queue text not null,
  rule text not null, -- the routing rule that chose the queue, with its version
  priority bigint not null default 0,
  owner_id text references people (id),
  locale text not null,
  payer_type text not null,
  answers_sealed blob not null,
  opened_at bigint not null,
  first_response_due bigint not null,
  first_response_at bigint,
  closed_at bigint,
  version bigint not null default 1
);
create index cases_person on cases (person_id, id);
-- the worklist: one index a view, each ending in its order
create index cases_open on cases (since, id) where stage <> 'closed';
create index cases_queue on cases (queue, since, id) where stage <> 'closed';
create index cases_owner on cases (owner_id, since, id) where stage <> 'closed';
create index cases_waiting on cases (waiting_on, since, id) where stage <> 'closed';
create index cases_expected on cases (expected_on, id) where stage <> 'closed';
create index cases_unanswered on cases (first_response_due, id) where first_response_at is null and stage <> 'closed';

create table case_statuses (
  id text primary key,
  case_id text not null references cases (id),
  stage text not null,
  sub_status text not null,
  waiting_on text not null,
  at bigint not null,
  expected_on text,
  actor text not null,
  is_backward bigint not null default 0 check (is_backward in (0, 1)),
  reason text, -- code of an approved sentence, told to the patient
  staff_reason_sealed blob, -- what staff wrote, never shown to the patient
  exception_sealed blob, -- why it left intake with open items, if it did
  sentence_id text not null, -- the approved item shown, with its edition
  sentence_edition bigint not null
);
create index case_statuses_case on case_statuses (case_id, at, id);

create table case_checklist (
  case_id text not null references cases (id),
  item text not null,
  position bigint not null,
  ticked_at bigint,
  ticked_by text,
  primary key (case_id, item)
);

create table case_notes (
  id text primary key,
  case_id text not null references cases (id),
  author_id text not null references people (id),
  kind text not null check (kind in ('note', 'call')),
  text_sealed blob not null,
  at bigint not null
);
create index case_notes_case on case_notes (case_id, at, id);
