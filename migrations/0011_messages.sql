-- Messages out: planned as rows, decided at the moment of sending, never lost.
create table messages (
  id text primary key,
  dedupe text not null unique, -- what caused it, so that a cause that is told twice sends once
  person_id text not null references people (id),
  case_id text references cases (id),
  kind text not null,
  channel text not null check (channel in ('email', 'sms')),
  purpose text not null,
  state text not null check (state in ('planned', 'held', 'sending', 'sent', 'suppressed', 'failed', 'dead')),
  wire_id text not null unique, -- the Message-ID, the same at every try
  link text not null, -- path in the portal
  item_id text not null,
  edition bigint,
  locale text not null,
  consent_id text references consents (id),
  rule text, -- why it was sent or suppressed
  planned_at bigint not null,
  next_try_at bigint not null,
  attempts bigint not null default 0,
  claimed_until bigint,
  sent_at bigint,
  failure text, -- code, never the server's words
  version bigint not null default 1
);
create index messages_due on messages (state, next_try_at, id);
create index messages_person on messages (person_id, planned_at, id);
create index messages_case on messages (case_id, planned_at, id);
create index messages_recent on messages (planned_at, id);
