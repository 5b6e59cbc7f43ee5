-- Requests for documents, the documents that answered them, and uploads under way.
create table document_requests (
  id text primary key,
  case_id text not null references cases (id),
  person_id text not null references people (id),
  kind text not null,
  due_on text not null,
  requested_by text not null,
  requested_at bigint not null,
  settled_at bigint, -- accepted, or taken back
  withdrawn_at bigint
);
create unique index document_requests_one_open on document_requests (case_id, kind) where settled_at is null;
create index document_requests_case on document_requests (case_id, id);
create index document_requests_person on document_requests (person_id, settled_at, id);

create table documents (
  id text primary key,
  request_id text not null references document_requests (id),
  case_id text not null references cases (id),
  person_id text not null references people (id),
  state text not null check (state in ('received', 'checking', 'in_review', 'accepted', 'rejected', 'failed')),
  name_sealed blob not null,
  note_sealed blob, -- what the person wrote beside it
  media_type text not null, -- by content, after re-encoding
  bytes bigint not null,
  digest text not null, -- SHA-256 of the sealed file
  store_key text not null,
  original_key text, -- what was sent, sealed, kept only until it has been checked
  fingerprint text, -- keyed hash of what was sent: the same file twice is one document
  pages bigint not null default 1,
  received_at bigint not null,
  check_until bigint, -- after this it has failed
  checked_at bigint,
  decided_at bigint,
  decided_by text references people (id),
  reason text, -- code: of a rejection (approved sentence) or of a failure
  version bigint not null default 1
);
create unique index documents_once on documents (request_id, fingerprint)
  where state in ('received', 'checking', 'in_review', 'accepted');
create index documents_request on documents (request_id, received_at, id);
create index documents_state on documents (state, received_at, id);
create index documents_case on documents (case_id, received_at, id);
create index documents_person on documents (person_id, received_at, id);
create index documents_check on documents (check_until, id);

create table uploads (
  id text primary key,
  person_id text not null references people (id),
  request_id text not null references document_requests (id),
  length bigint not null,
  received bigint not null default 0,
  name_sealed blob not null,
  document_id text references documents (id), -- set when the last byte made a document
  created_at bigint not null,
  expires_at bigint not null,
  version bigint not null default 1
);
create index uploads_expiry on uploads (expires_at, id);
create index uploads_person on uploads (person_id, id);
