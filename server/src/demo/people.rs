//! The patients of the demonstration: names of four languages, numbers and addresses that belong to nobody.

use super::dice::Dice;
use domain::cases::SubStatus;
use domain::ids::PersonId;
use domain::locale::Locale;
use domain::people::{BestTime, NewPerson};
use domain::time::Day;

/// A patient everybody who tries the demonstration can sign in as.
pub(super) struct Named {
    pub mail: &'static str,
    pub name: &'static str,
    pub locale: Locale,
    pub birth: Day,
    pub program: &'static str,
    pub stands: SubStatus,
    pub is_by_caregiver: bool,
}

const fn born(year: i16, month: u8, day: u8) -> Day {
    Day { year, month, day }
}

pub(super) const NAMED: &[Named] = &[
    Named {
        mail: "luis",
        name: "Luis Ruiz",
        locale: Locale::Es,
        birth: born(1955, 3, 2),
        program: "breathe",
        stands: SubStatus::DocumentsNeeded,
        is_by_caregiver: true,
    },
    Named {
        mail: "dorothy",
        name: "Dorothy Hale",
        locale: Locale::En,
        birth: born(1948, 9, 17),
        program: "breathe",
        stands: SubStatus::FirstDispense,
        is_by_caregiver: false,
    },
    Named {
        mail: "layla",
        name: "ليلى منصور",
        locale: Locale::Ar,
        birth: born(1971, 1, 24),
        program: "breathe",
        stands: SubStatus::PaInfoRequested,
        is_by_caregiver: false,
    },
    Named {
        mail: "mai",
        name: "Nguyễn Thị Mai",
        locale: Locale::Vi,
        birth: born(1963, 6, 8),
        program: "clearpath",
        stands: SubStatus::ShipmentScheduled,
        is_by_caregiver: false,
    },
    Named {
        mail: "jonas",
        name: "Jonas Weber",
        locale: Locale::En,
        birth: born(1982, 11, 30),
        program: "clearpath",
        stands: SubStatus::RefillDue,
        is_by_caregiver: false,
    },
];

/// Who helps Luis.
pub(super) const ANA: (&str, &str) = ("ana", "Ana Ruiz");

/// `luis@patients.example`: a name that can never be anybody's.
pub(super) fn address(mail: &str) -> String {
    format!("{mail}@patients.example")
}

const FIRST: [[&str; 16]; 4] = [
    [
        "Margaret", "James", "Patricia", "Robert", "Linda", "Harold", "Denise", "Curtis", "Gloria",
        "Raymond", "Sharon", "Tyrone", "Beverly", "Glenn", "Yvonne", "Marcus",
    ],
    [
        "María",
        "José",
        "Carmen",
        "Miguel",
        "Rosario",
        "Francisco",
        "Guadalupe",
        "Antonio",
        "Teresa",
        "Ramón",
        "Leticia",
        "Ernesto",
        "Yolanda",
        "Arturo",
        "Silvia",
        "Héctor",
    ],
    [
        "Văn Hùng",
        "Thị Lan",
        "Minh Tuấn",
        "Thị Hoa",
        "Quốc Bảo",
        "Thị Kim",
        "Văn Dũng",
        "Thị Thu",
        "Đức Long",
        "Thị Hạnh",
        "Văn Phúc",
        "Thị Ngọc",
        "Thanh Sơn",
        "Thị Bích",
        "Văn Thành",
        "Thị Yến",
    ],
    [
        "فاطمة",
        "محمود",
        "سعاد",
        "إبراهيم",
        "زينب",
        "خالد",
        "هدى",
        "يوسف",
        "مريم",
        "سامي",
        "نادية",
        "طارق",
        "رانيا",
        "عادل",
        "سلمى",
        "كريم",
    ],
];

const LAST: [[&str; 14]; 4] = [
    [
        "Whitaker",
        "Brooks",
        "Sullivan",
        "Jefferson",
        "Novak",
        "Pritchard",
        "Coleman",
        "Lindgren",
        "Hargrove",
        "Mercer",
        "Ostrowski",
        "Bradford",
        "Tillman",
        "Fairchild",
    ],
    [
        "Hernández",
        "García",
        "Flores",
        "Morales",
        "Castillo",
        "Vargas",
        "Ortega",
        "Delgadillo",
        "Peña",
        "Campos",
        "Rojas",
        "Salazar",
        "Mendoza",
        "Fuentes",
    ],
    ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Phan"],
    [
        "العلي",
        "حداد",
        "الخطيب",
        "نجار",
        "السيد",
        "درويش",
        "قاسم",
        "بركات",
        "الشامي",
        "عوض",
        "منصور",
        "حسن",
        "صالح",
        "الحسن",
    ],
];

const STREETS: [&str; 8] = [
    "Maple Street",
    "Elm Avenue",
    "Lakeview Drive",
    "Cedar Lane",
    "Second Street",
    "Mill Road",
    "Prairie Avenue",
    "Oak Court",
];
const TOWNS: [&str; 6] = [
    "Fairmont, IL 60999",
    "Riverton, WI 53999",
    "Cedar Falls, TX 75999",
    "Lakeside, MN 55999",
    "Milford, IA 50999",
    "Brookdale, MO 63999",
];
const AREA_CODES: [u16; 8] = [312, 608, 713, 612, 515, 314, 414, 217];

/// Which language the next patient reads: half of them English.
pub(super) fn locale(dice: &mut Dice) -> Locale {
    [Locale::En, Locale::Es, Locale::Vi, Locale::Ar][dice.weighted(&[50, 26, 13, 11]).min(3)]
}

/// A patient nobody knows.
pub(super) fn patient(id: PersonId, locale: Locale, dice: &mut Dice) -> NewPerson {
    let language = match locale {
        Locale::En => 0,
        Locale::Es => 1,
        Locale::Vi => 2,
        Locale::Ar => 3,
    };
    let (first, last) = (dice.pick(&FIRST[language]), dice.pick(&LAST[language]));
    let name = if locale == Locale::Vi { format!("{last} {first}") } else { format!("{first} {last}") };
    let birth = born(
        i16::try_from(dice.between(1938, 2003)).unwrap_or(1960),
        u8::try_from(dice.between(1, 12)).unwrap_or(1),
        u8::try_from(dice.between(1, 28)).unwrap_or(1),
    );
    NewPerson {
        birth: Some(birth),
        name,
        ..contact(id, locale, &format!("p{:08x}", dice.next() >> 32), dice)
    }
}

/// A patient with a name of their own.
pub(super) fn named(id: PersonId, named: &Named, dice: &mut Dice) -> NewPerson {
    NewPerson {
        name: named.name.to_owned(),
        birth: Some(named.birth),
        ..contact(id, named.locale, named.mail, dice)
    }
}

fn contact(id: PersonId, locale: Locale, mail: &str, dice: &mut Dice) -> NewPerson {
    let (area, line) = (dice.pick(&AREA_CODES), dice.between(100, 199));
    let spoken = match locale {
        Locale::En => "English",
        Locale::Es => "Español",
        Locale::Vi => "Tiếng Việt",
        Locale::Ar => "العربية",
    };
    NewPerson {
        id: Some(id),
        email: Some(address(mail)),
        phone: Some(format!("+1{area}555{line:04}")),
        address: Some(format!("{} {}, {}", dice.between(12, 2_980), dice.pick(&STREETS), dice.pick(&TOWNS))),
        written: locale,
        spoken: Some(spoken.to_owned()),
        interpreter: locale != Locale::En && dice.percent(60),
        best_time: *dice.pick(&BestTime::ALL),
        ..NewPerson::default()
    }
}
