//! The SQL of people: sealing on the way in, opening on the way out.

use super::rules::{canonical_email, canonical_phone, clean_name, flaws};
use super::types::{NewPerson, Person};
use crate::actor::Role;
use crate::db::{Columns, Conn, Statement};
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::locale::Locale;
use crate::seal::{DataKey, Keys};
use crate::time::{Day, Timestamp};

/// Keeps a new person under a key of their own.
///
/// # Errors
/// `Invalid` when a name, address or number cannot be taken; the flaws name the fields of [`NewPerson`].
pub async fn insert(conn: &mut Conn, keys: &Keys, person: &NewPerson, now: Timestamp) -> Result<PersonId> {
    let id = person.id.unwrap_or_else(PersonId::new);
    let (key, wrapped) = keys.new_person_key(id)?;
    let sealed = Sealed::of(keys, &key, id, person)?;
    let insert = sqlx::query(
        "insert into people (id, key_wrapped, name_sealed, birth_sealed, email_sealed, phone_sealed, address_sealed,
           birth_lookup, email_lookup, phone_lookup, staff_name, written_locale, spoken_sealed, interpreter, best_time,
           created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(id.to_string())
    .bind(wrapped);
    sealed.bind_to(insert, person).bind(now.0).execute(conn).await?;
    Ok(id)
}

/// Replaces what is known about a person.
///
/// # Errors
/// `Invalid` as for [`insert`]; `Conflict` when somebody else saved since `version` was read.
pub async fn save(
    conn: &mut Conn,
    keys: &Keys,
    id: PersonId,
    person: &NewPerson,
    version: i64,
) -> Result<()> {
    let key = key(conn, keys, id).await?;
    let sealed = Sealed::of(keys, &key, id, person)?;
    let update = sqlx::query(
        "update people set name_sealed = $1, birth_sealed = $2, email_sealed = $3, phone_sealed = $4,
           address_sealed = $5, birth_lookup = $6, email_lookup = $7, phone_lookup = $8, staff_name = $9,
           written_locale = $10, spoken_sealed = $11, interpreter = $12, best_time = $13, version = version + 1
         where id = $14 and version = $15",
    );
    let update = sealed.bind_to(update, person).bind(id.to_string()).bind(version);
    let saved = update.execute(conn).await?;
    if saved.rows_affected() == 0 { Err(Error::Conflict("changed_meanwhile")) } else { Ok(()) }
}

/// A person's columns, sealed.
struct Sealed {
    name: Vec<u8>,
    birth: Option<Vec<u8>>,
    email: Option<Vec<u8>>,
    phone: Option<Vec<u8>>,
    address: Option<Vec<u8>>,
    spoken: Option<Vec<u8>>,
    birth_lookup: Option<String>,
    email_lookup: Option<String>,
    phone_lookup: Option<String>,
}

impl Sealed {
    fn of(keys: &Keys, key: &DataKey, id: PersonId, person: &NewPerson) -> Result<Sealed> {
        let flaws = flaws(person);
        if !flaws.is_empty() {
            return Err(Error::Invalid(flaws));
        }
        let phone = person.phone.as_deref().and_then(canonical_phone);
        let seal = |column: &str, text: Option<&str>| {
            text.map(|text| key.seal(&format!("people.{column}:{id}"), text)).transpose()
        };
        Ok(Sealed {
            name: key.seal(&format!("people.name:{id}"), &clean_name(&person.name))?,
            birth: seal("birth", person.birth.map(|day| day.to_string()).as_deref())?,
            email: seal("email", person.email.as_deref().map(str::trim))?,
            phone: seal("phone", phone.as_deref())?,
            address: seal("address", person.address.as_deref().map(str::trim))?,
            spoken: seal("spoken", person.spoken.as_deref().map(str::trim))?,
            birth_lookup: person.birth.map(|day| keys.lookup("birth", &day.to_string())),
            email_lookup: person
                .email
                .as_deref()
                .and_then(canonical_email)
                .map(|email| keys.lookup("email", &email)),
            phone_lookup: phone.map(|phone| keys.lookup("phone", &phone)),
        })
    }

    /// The columns of a person, from the name to the time to call, in the order in which statements name them.
    fn bind_to<'q>(self, statement: Statement<'q>, person: &NewPerson) -> Statement<'q> {
        statement
            .bind(self.name)
            .bind(self.birth)
            .bind(self.email)
            .bind(self.phone)
            .bind(self.address)
            .bind(self.birth_lookup)
            .bind(self.email_lookup)
            .bind(self.phone_lookup)
            .bind(person.staff_name.as_deref().map(clean_name))
            .bind(person.written.tag())
            .bind(self.spoken)
            .bind(i64::from(person.interpreter))
            .bind(person.best_time.code())
    }
}

/// A person, opened.
///
/// # Errors
/// `NotFound` when there is none or they were erased.
pub async fn get(conn: &mut Conn, keys: &Keys, id: PersonId) -> Result<Person> {
    let row = sqlx::query(
        "select key_wrapped, name_sealed, birth_sealed, email_sealed, phone_sealed, address_sealed, staff_name,
           written_locale, spoken_sealed, interpreter, best_time, created_at, version
         from people where id = $1",
    )
    .bind(id.to_string())
    .fetch_one(conn)
    .await?;
    let key = keys.person_key(id, row.blob_or_null("key_wrapped")?.as_deref())?;
    let open = |column: &str| {
        let place = format!("people.{column}:{id}");
        key.open_optional(&place, row.blob_or_null(&format!("{column}_sealed"))?.as_deref())
    };
    Ok(Person {
        id,
        name: open("name")?.unwrap_or_default(),
        birth: open("birth")?.and_then(|day| day.parse::<Day>().ok()),
        email: open("email")?,
        phone: open("phone")?,
        address: open("address")?,
        written: locale_of(&row.text("written_locale")?),
        spoken: open("spoken")?,
        interpreter: row.flag("interpreter")?,
        best_time: row.parsed("best_time")?,
        staff_name: row.text_or_null("staff_name")?,
        created_at: row.at("created_at")?,
        version: row.int("version")?,
    })
}

/// The key a person's data is sealed with.
///
/// # Errors
/// `NotFound` when there is no such person or they were erased.
pub async fn key(conn: &mut Conn, keys: &Keys, id: PersonId) -> Result<DataKey> {
    let row = sqlx::query("select key_wrapped from people where id = $1")
        .bind(id.to_string())
        .fetch_one(conn)
        .await?;
    keys.person_key(id, row.blob_or_null("key_wrapped")?.as_deref())
}

/// A person's name alone.
pub async fn name(conn: &mut Conn, keys: &Keys, id: PersonId) -> Result<String> {
    let row = sqlx::query("select key_wrapped, name_sealed from people where id = $1")
        .bind(id.to_string())
        .fetch_one(conn)
        .await?;
    let key = keys.person_key(id, row.blob_or_null("key_wrapped")?.as_deref())?;
    key.open(&format!("people.name:{id}"), &row.blob("name_sealed")?)
}

/// The name a staff member signs their work with, if the person is staff.
pub async fn staff_name(conn: &mut Conn, id: PersonId) -> Result<Option<String>> {
    let row = sqlx::query("select staff_name from people where id = $1")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.map_or(Ok(None), |row| row.text_or_null("staff_name"))
}

/// The language a person reads.
pub async fn locale(conn: &mut Conn, id: PersonId) -> Result<Locale> {
    let row = sqlx::query("select written_locale from people where id = $1")
        .bind(id.to_string())
        .fetch_one(conn)
        .await?;
    Ok(locale_of(&row.text("written_locale")?))
}

/// A language that was taken out of the portal reads as the default one.
fn locale_of(tag: &str) -> Locale {
    tag.parse().unwrap_or_default()
}

/// Everybody known with this e-mail address, oldest first; none when it is no address.
pub async fn find_by_email(conn: &mut Conn, keys: &Keys, email: &str) -> Result<Vec<PersonId>> {
    let Some(email) = canonical_email(email) else { return Ok(Vec::new()) };
    let query = sqlx::query("select id from people where email_lookup = $1 order by created_at, id")
        .bind(keys.lookup("email", &email));
    ids(query.fetch_all(conn).await?)
}

/// Everybody known with this number, oldest first; none when it is no number.
pub async fn find_by_phone(conn: &mut Conn, keys: &Keys, phone: &str) -> Result<Vec<PersonId>> {
    let Some(phone) = canonical_phone(phone) else { return Ok(Vec::new()) };
    let query = sqlx::query("select id from people where phone_lookup = $1 order by created_at, id")
        .bind(keys.lookup("phone", &phone));
    ids(query.fetch_all(conn).await?)
}

/// Everybody born on this day, oldest row first.
pub async fn find_by_birth(conn: &mut Conn, keys: &Keys, birth: Day) -> Result<Vec<PersonId>> {
    let query = sqlx::query("select id from people where birth_lookup = $1 order by created_at, id")
        .bind(keys.lookup("birth", &birth.to_string()));
    ids(query.fetch_all(conn).await?)
}

fn ids(rows: Vec<sqlx::any::AnyRow>) -> Result<Vec<PersonId>> {
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// Trusts a staff member with a role. Granting it twice changes nothing.
pub async fn grant(conn: &mut Conn, id: PersonId, role: Role, by: &str, now: Timestamp) -> Result<()> {
    sqlx::query(
        "insert into staff_roles (person_id, role, granted_at, granted_by) values ($1, $2, $3, $4)
         on conflict (person_id, role) do nothing",
    )
    .bind(id.to_string())
    .bind(role.code())
    .bind(now.0)
    .bind(by)
    .execute(conn)
    .await?;
    Ok(())
}

/// What a staff member is trusted with, in alphabetical order.
pub async fn roles(conn: &mut Conn, id: PersonId) -> Result<Vec<Role>> {
    let rows = sqlx::query("select role from staff_roles where person_id = $1 order by role")
        .bind(id.to_string())
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| row.parsed("role")).collect()
}

/// Everybody who has a role.
pub async fn with_role(conn: &mut Conn, role: Role) -> Result<Vec<PersonId>> {
    let rows = sqlx::query("select person_id from staff_roles where role = $1 order by person_id")
        .bind(role.code())
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| row.parsed("person_id")).collect()
}
