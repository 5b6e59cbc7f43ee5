-- The consent ledger: a row is added for each yes and each no, and none is ever changed.
create table consents (
  id text primary key,
  seq bigint not null,
  case_id text not null references cases (id),
  person_id text not null references people (id),
  purpose text not null check (purpose in ('program_services', 'health_authorization', 'reminders', 'education', 'surveys', 'marketing')),
  channel text not null check (channel in ('portal', 'email', 'sms', 'phone', 'post')),
  is_given bigint not null check (is_given in (0, 1)),
  wording_id text not null,
  wording_edition bigint not null,
  locale text not null,
  actor text not null,
  how text not null check (how in ('enrollment', 'invitation', 'preferences', 'staff', 'unsubscribe', 'sms')),
  signature_sealed blob, -- the typed name, where law asks for one
  at bigint not null,
  expires_at bigint,
  unique (case_id, purpose, channel, seq)
);
create index consents_person on consents (person_id, purpose, channel, seq);
create index consents_case on consents (case_id, person_id, seq);
