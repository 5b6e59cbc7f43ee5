-- Content: item, then editions that never change, then a variant of each in every language.
create table content_items (
  id text primary key, -- 'BR/FAQ-012'
  code text not null, -- 'FAQ-012'
  program_id text not null references programs (id),
  kind text not null check (kind in ('module', 'faq', 'sentence', 'backward', 'document', 'rejection', 'checklist', 'consent', 'message', 'form', 'page')),
  slug text not null, -- what it is for: a sub-status, 'program_services.sms', 'safety'
  stage text,
  is_branded bigint not null default 0 check (is_branded in (0, 1)),
  position bigint not null default 0,
  created_at bigint not null,
  unique (program_id, kind, slug)
);

create table content_editions (
  item_id text not null references content_items (id),
  edition bigint not null,
  author_id text not null references people (id),
  label_edition text,
  created_at bigint not null,
  primary key (item_id, edition)
);

create table content_variants (
  id text primary key,
  item_id text not null,
  edition bigint not null,
  locale text not null,
  title text not null,
  body text not null, -- canonical JSON, the very bytes the hash covers
  hash text not null, -- SHA-256 of the canonical form with item, edition and locale
  state text not null check (state in ('draft', 'in_review', 'approved', 'live', 'review_due', 'expired', 'withdrawn', 'stale')),
  reviewed_on text not null,
  review_due_on text not null,
  live_from bigint,
  published_by text, -- the actor who made it live
  withdrawn_at bigint,
  foreign key (item_id, edition) references content_editions (item_id, edition),
  unique (item_id, edition, locale)
);
create unique index content_variants_one_live on content_variants (item_id, locale) where state = 'live';

create table content_signatures (
  variant_id text not null references content_variants (id),
  role text not null check (role in ('medical', 'legal', 'regulatory')),
  signer_id text not null references people (id),
  signer_name text not null,
  meaning text not null,
  hash text not null,
  signed_at bigint not null,
  primary key (variant_id, role),
  unique (variant_id, signer_id)
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
