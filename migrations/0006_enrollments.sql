-- An enrollment before it is submitted, and the invitation by which a patient claims a case somebody else opened.
create table drafts (
  id text primary key,
  token_hash text not null unique,
  program_id text not null references programs (id),
  locale text not null,
  answers_sealed blob not null,
  case_id text references cases (id), -- set once, by the submit
  created_at bigint not null,
  updated_at bigint not null,
  expires_at bigint not null,
  version bigint not null default 1
);

create table invitations (
  id text primary key,
  token_hash text not null unique,
  case_id text not null references cases (id),
  person_id text not null references people (id),
  created_at bigint not null,
  expires_at bigint not null,
  tries bigint not null default 0,
  used_at bigint
);
