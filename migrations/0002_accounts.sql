-- Signing in: one account a person, with a password, a second factor, passkeys; and the sessions that follow.
create table accounts (
  person_id text primary key references people (id),
  kind text not null check (kind in ('person', 'staff')),
  email_lookup text not null unique,
  email_sealed blob not null,
  password_hash text,
  password_length_ok bigint not null default 0 check (password_length_ok in (0, 1)), -- long enough to stand alone
  password_once bigint not null default 0 check (password_once in (0, 1)), -- made up for somebody: they choose their own first
  password_set_at bigint,
  totp_sealed blob,
  totp_confirmed_at bigint,
  totp_last_step bigint not null default 0,
  passkey_user text not null unique, -- the random handle passkeys know the person by
  created_at bigint not null,
  version bigint not null default 1
);

create table passkeys (
  id text primary key,
  person_id text not null references people (id),
  credential_id text not null unique,
  name text not null,
  credential text not null,
  created_at bigint not null,
  last_used_at bigint
);
create index passkeys_person on passkeys (person_id, id);

create table sessions (
  id text primary key,
  person_id text not null references people (id),
  token_hash text not null unique,
  factors text not null, -- what was shown: 'password', 'password+totp', 'passkey'
  device text not null, -- 'Firefox on Android', never the whole header
  shared_device bigint not null default 0 check (shared_device in (0, 1)),
  created_at bigint not null,
  proved_at bigint not null, -- last time a factor was shown
  seen_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);
create index sessions_person on sessions (person_id, id);

-- a step of signing in that waits for its second half: a password shown, a passkey challenge given
create table ceremonies (
  id text primary key,
  token_hash text not null unique,
  person_id text references people (id),
  kind text not null check (kind in ('second_factor', 'passkey_sign_in', 'passkey_register', 'totp_setup')),
  state_sealed blob not null,
  created_at bigint not null,
  expires_at bigint not null
);

create table sign_in_attempts (
  id text primary key,
  subject text not null, -- keyed hash of an account or of an address on the network
  at bigint not null
);
create index sign_in_attempts_subject on sign_in_attempts (subject, at);
