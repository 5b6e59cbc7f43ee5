-- What happened: events for the portal to react to, and the audit chain for those who must be able to prove it.
create table events (
  seq bigint primary key,
  id text not null unique,
  at bigint not null,
  actor text not null,
  code text not null,
  case_id text,
  person_id text,
  body text not null, -- JSON: ids and codes only
  handled_at bigint,
  attempts bigint not null default 0
);
create index events_waiting on events (handled_at, seq);
create index events_case on events (case_id, seq);

create table audit (
  seq bigint primary key,
  at bigint not null,
  actor text not null,
  session_id text,
  act text not null check (act in ('read', 'write', 'refused', 'sent')),
  what text not null,
  case_id text,
  person_id text,
  subject text,
  request text not null,
  previous text not null,
  hash text not null
);
create index audit_person on audit (person_id, seq);
create index audit_case on audit (case_id, seq);
create index audit_actor on audit (actor, seq);

-- the head of both; whoever appends takes this row first
create table audit_head (
  id bigint primary key check (id = 1),
  seq bigint not null,
  hash text not null,
  event_seq bigint not null,
  turns bigint not null
);
insert into audit_head (id, seq, hash, event_seq, turns) values (1, 0, '', 0, 0);
