-- What a staff member must do.
create table tasks (
  id text primary key,
  dedupe text not null unique,
  kind text not null, -- 'answer_thread', 'review_document', 'message_dead', 'first_response', 'document_failed'
  queue text not null,
  case_id text references cases (id),
  subject_id text, -- the thread, document or message it is about
  priority bigint not null default 0,
  opened_at bigint not null,
  due_at bigint not null,
  owner_id text references people (id),
  settled_at bigint,
  settled_by text,
  how text check (how in ('done', 'not_reached', 'not_needed', 'elsewhere')),
  version bigint not null default 1
);
create index tasks_open on tasks (settled_at, due_at, id);
create index tasks_queue on tasks (queue, settled_at, due_at, id);
create index tasks_subject on tasks (subject_id);
create index tasks_case on tasks (case_id, settled_at);
create index tasks_owner on tasks (owner_id, settled_at, due_at, id);
