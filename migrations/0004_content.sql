-- Content: an item, then editions that never change once they are handed in, then a variant of each in every language.
create table content_items (
  id text primary key, -- 'BR/FAQ-012'
  code text not null, -- 'FAQ-012'
  program_id text not null references programs (id),
  kind text not null check (kind in ('module', 'faq', 'sentence', 'backward', 'document', 'rejection', 'checklist', 'consent', 'message', 'form', 'script', 'claim', 'page')),
  slug text not null, -- what it is for: a sub-status, 'program_services.sms', 'safety'
  position bigint not null default 0,
  owner_id text references people (id), -- who is reminded
  created_at bigint not null,
  unique (program_id, kind, slug)
);

create table content_editions (
  item_id text not null references content_items (id),
  edition bigint not null,
  author_id text not null references people (id),
  source_locale text not null default 'en', -- the language it is written in; the others are translations
  meta text not null, -- JSON: audience, stage, brand, indication, label, channels, references; part of what is signed
  stage text, -- of meta, to filter by
  is_branded bigint not null default 0 check (is_branded in (0, 1)),
  on_change text not null default 'hide' check (on_change in ('hide', 'previous', 'notice')), -- what becomes of older translations
  on_change_days bigint not null default 0,
  note text not null default '', -- why there is this edition
  created_at bigint not null,
  primary key (item_id, edition)
);

create table content_variants (
  id text primary key,
  item_id text not null,
  edition bigint not null,
  attempt bigint not null default 1, -- a translation a desk sent back is tried again under the same edition
  locale text not null,
  author_id text not null references people (id),
  made_from text references content_variants (id), -- the source a translation was made from
  title text not null,
  body text not null, -- JSON
  hash text not null default '', -- SHA-256 of the canonical form, from when it was handed in
  state text not null check (state in ('draft', 'in_review', 'changes', 'approved', 'scheduled', 'live', 'stale', 'replaced', 'expired', 'withdrawn')),
  reviewed_on text not null default '',
  review_due_on text not null default '',
  submitted_at bigint,
  scheduled_for bigint,
  live_from bigint,
  published_by text, -- the actor who made it live
  stale_since bigint,
  stale_until bigint, -- until when readers keep it; none: they get the source with a notice
  hidden bigint not null default 0 check (hidden in (0, 1)), -- stale, and its days are over
  withdrawn_at bigint,
  ended_why text,
  saved_at bigint not null,
  clarity text not null default '{"met":[]}', -- JSON: the clarity index as its author answered it
  search text not null default '', -- code, title and words in small letters
  version bigint not null default 1,
  foreign key (item_id, edition) references content_editions (item_id, edition),
  unique (item_id, edition, locale, attempt),
  unique (id, author_id)
);
create unique index content_variants_one_live on content_variants (item_id, locale) where state = 'live';
create unique index content_variants_one_open on content_variants (item_id, edition, locale) where state in ('draft', 'in_review', 'approved', 'scheduled');
create index content_variants_list on content_variants (item_id, id);
create index content_variants_state on content_variants (state, item_id, id);
create index content_variants_due on content_variants (state, review_due_on, id);
create index content_variants_clock on content_variants (state, scheduled_for, id);

-- A role signs once, a person signs once, and whoever wrote it never: the database itself refuses.
create table content_signatures (
  variant_id text not null,
  role text not null check (role in ('medical', 'legal', 'regulatory', 'publisher')),
  signer_id text not null references people (id),
  author_id text not null,
  signer_name text not null,
  meaning text not null,
  hash text not null,
  signed_at bigint not null,
  primary key (variant_id, role),
  unique (variant_id, signer_id),
  check (signer_id <> author_id),
  foreign key (variant_id, author_id) references content_variants (id, author_id)
);

-- grows with each publication or withdrawal, so that every node knows when to read again
create table content_release (
  id bigint primary key check (id = 1),
  number bigint not null
);
insert into content_release (id, number) values (1, 0);

create table module_progress (
  person_id text not null references people (id),
  item_id text not null references content_items (id),
  edition bigint not null,
  page bigint not null,
  updated_at bigint not null,
  finished_at bigint,
  primary key (person_id, item_id, edition)
);
