-- The way of words to readers: saves of drafts, reviews, remarks, what stands on which claim, how editions are used.
create table content_saves (
  variant_id text not null references content_variants (id),
  version bigint not null,
  saved_by text not null references people (id),
  title text not null,
  body text not null,
  saved_at bigint not null,
  primary key (variant_id, version)
);

create table content_reviews (
  variant_id text not null references content_variants (id),
  desk text not null check (desk in ('medical', 'legal', 'regulatory')),
  state text not null check (state in ('waiting', 'open', 'approved', 'changes', 'cancelled')),
  opened_at bigint,
  due_at bigint,
  decided_at bigint,
  reviewer_id text references people (id),
  checklist text not null default '', -- codes of what was ticked
  reason text, -- why other words are wanted
  primary key (variant_id, desk)
);
create index content_reviews_open on content_reviews (state, due_at, variant_id);

create table content_comments (
  id text primary key,
  variant_id text not null references content_variants (id),
  block text not null, -- 'answer#2'
  text text not null,
  author_id text not null references people (id),
  at bigint not null,
  resolved_at bigint,
  resolved_by text references people (id)
);
create index content_comments_variant on content_comments (variant_id, at, id);

create table content_uses (
  variant_id text not null references content_variants (id),
  claim_id text not null references content_items (id),
  claim_edition bigint not null,
  primary key (variant_id, claim_id, claim_edition)
);
create index content_uses_claim on content_uses (claim_id, claim_edition, variant_id);

create table content_ratings (
  id text primary key,
  item_id text not null references content_items (id),
  edition bigint not null,
  locale text not null,
  person_id text references people (id), -- nobody, where somebody who did not sign in said it
  helpful bigint not null check (helpful in (0, 1)),
  comment_sealed blob,
  at bigint not null
);
create index content_ratings_item on content_ratings (item_id, edition, locale, at, id);

create table content_reads (
  item_id text not null references content_items (id),
  edition bigint not null,
  locale text not null,
  day text not null,
  opened bigint not null,
  primary key (item_id, edition, locale, day)
);

-- Pictures and videos in content: made clean from what was sent, shown to everybody once words that name them are live.
create table content_media (
  id text not null, -- made of the digest
  item_id text not null references content_items (id),
  media_type text not null,
  bytes bigint not null,
  digest text not null, -- SHA-256 of the file
  added_by text references people (id), -- nobody: it came with signed content
  added_at bigint not null,
  primary key (item_id, id)
);
create index content_media_id on content_media (id);
create index content_media_item on content_media (item_id, added_at, id);
