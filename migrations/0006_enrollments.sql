-- An enrollment before it is submitted, and the invitation by which a patient claims a case somebody else opened.
create table drafts (
  id text primary key,
  token_hash text not null unique,
  program_id text not null references programs (id),
  locale text not null,
  answers_sealed blob not null,
  case_id text references cases (id), -- set once, by the submit
  invitation_id text, -- the one made by the submit, when somebody else filled it in
  submitted_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  expires_at bigint not null,
  version bigint not null default 1
);

create index drafts_expiry on drafts (expires_at, id);

create table invitations (
  id text primary key,
  token_hash text not null unique,
  case_id text not null references cases (id),
  person_id text not null references people (id),
  created_at bigint not null,
  expires_at bigint not null,
  tries bigint not null default 0,
  proof_hash text, -- of the cookie of the browser in which the date of birth was right
  proved_at bigint,
  answers_sealed blob, -- the consents answered so far
  used_at bigint
);
create index invitations_case on invitations (case_id, id);
