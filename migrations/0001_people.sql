-- Human beings: patients, those who help them, staff.
create table people (
  id text primary key,
  key_wrapped blob, -- the key their data is sealed with, wrapped; null once they are erased
  name_sealed blob,
  birth_sealed blob,
  email_sealed blob,
  phone_sealed blob,
  address_sealed blob,
  birth_lookup text,
  email_lookup text,
  phone_lookup text,
  staff_name text, -- staff sign their work with a name everybody may read
  written_locale text not null,
  spoken_sealed blob,
  interpreter bigint not null default 0 check (interpreter in (0, 1)),
  best_time text not null default 'any' check (best_time in ('morning', 'afternoon', 'evening', 'any')),
  created_at bigint not null,
  version bigint not null default 1
);
create index people_email on people (email_lookup);
create index people_phone on people (phone_lookup);
create index people_birth on people (birth_lookup);

create table staff_roles (
  person_id text not null references people (id),
  role text not null,
  granted_at bigint not null,
  granted_by text not null,
  primary key (person_id, role)
);
