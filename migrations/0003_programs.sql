-- Programs are data: adding one changes no code. Their words are content items.
create table programs (
  id text primary key,
  code text not null unique, -- in addresses: 'breathe'
  name text not null,
  medicine text not null,
  prefix text not null unique, -- in case numbers: 'BR'
  zone text not null, -- IANA time zone of its business hours
  phone text not null,
  tty text not null,
  hours text not null, -- JSON: {"mon":["08:00","18:00"], …}
  holidays text not null, -- JSON: ["2026-11-26", …]
  locales text not null, -- JSON: ["en", …]
  rules text not null, -- JSON: routing rules, first match wins, each with id and version
  settings text not null, -- JSON: services, checklist, form, response times
  is_demo bigint not null default 0 check (is_demo in (0, 1)),
  created_at bigint not null
);

-- the last number given to a case, a year and program
create table case_numbers (
  program_id text not null references programs (id),
  year bigint not null,
  last bigint not null,
  primary key (program_id, year)
);
