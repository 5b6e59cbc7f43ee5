//! What happened to one case, from the day it was opened to where it stands: statuses, checklist, consents, documents,
//! notes, messages, lessons.

use super::dice::Dice;
use super::generate::case_id;
use super::journeys::{self, Leg};
use super::{records, staff};
use domain::cases::rules::steps;
use domain::cases::{Filler, Stage, SubStatus};
use domain::content::Kind;
use domain::ctx::Ctx;
use domain::error::{Error, Result};
use domain::ids::PersonId;
use domain::imports::{Import, PastStatus};
use domain::locale::Locale;
use domain::people::NewPerson;
use domain::programs::{Program, rules};
use domain::time::{DAY, HOUR, MINUTE, Timestamp};
use std::sync::Arc;

/// What is settled about a case before its history is made up.
pub(super) struct Plan {
    pub program: Arc<Program>,
    pub patient: NewPerson,
    pub person: PersonId,
    pub locale: Locale,
    pub target: SubStatus,
    pub is_by_caregiver: bool,
    /// One of the few everybody can sign in as: opened lately, with an email they agreed to.
    pub is_named: bool,
}

pub(super) struct History<'a> {
    pub ctx: &'a Ctx,
    pub dice: &'a mut Dice,
    pub plan: Plan,
}

/// A leg and when it was taken.
#[derive(Clone, Copy)]
pub(super) struct Taken {
    pub leg: Leg,
    pub at: Timestamp,
}

impl<'a> History<'a> {
    pub(super) fn new(ctx: &'a Ctx, dice: &'a mut Dice, plan: Plan) -> History<'a> {
        History { ctx, dice, plan }
    }

    pub(super) fn write(mut self) -> Result<Import> {
        let mut legs = journeys::to(self.plan.target, self.dice);
        if self.plan.is_by_caregiver && legs.first().is_some_and(|leg| leg.to == SubStatus::Received) {
            legs.insert(0, Leg { to: SubStatus::ConsentPending, back: None });
        }
        let taken = self.when(&legs)?;
        let program = self.plan.program.clone();
        let opened = taken.first().map_or(self.ctx.now, |first| first.at);
        let payer = *self.dice.pick(&[
            "commercial",
            "commercial",
            "commercial",
            "medicare",
            "medicare",
            "medicaid",
            "none",
            "not_sure",
        ]);
        let rule = rules::route(&program, self.plan.locale, payer)
            .ok_or_else(|| Error::internal("no routing rule fits"))?;
        let owner = self.owner();
        let received = taken.iter().find(|taken| taken.leg.to == SubStatus::Received).map(|taken| taken.at);
        let due = program
            .after_business_minutes(received.unwrap_or(opened), program.settings.first_response_hours * 60)?;
        let answered = match received {
            Some(at) => {
                let minutes = self.dice.between(12, 230);
                let at = program.after_business_minutes(at, minutes)?;
                let moved_on = taken.last().is_some_and(|last| last.leg.to != SubStatus::Received);
                (at < self.ctx.now && (moved_on || self.dice.percent(40))).then_some(at)
            }
            None => None,
        };
        let statuses = self.statuses(&taken, owner)?;
        let mut import = Import {
            case: case_id(self.dice, opened),
            number: String::new(),
            counted: (0, 0),
            program: program.id,
            filler: if self.plan.is_by_caregiver { Filler::Caregiver } else { Filler::Patient },
            queue: rule.queue.clone(),
            rule: rule.name(),
            priority: rule.priority,
            owner: answered.map(|_| owner),
            locale: self.plan.locale,
            payer_type: payer.to_owned(),
            answers: records::answers(&mut self, payer),
            first_response_due: due,
            first_response_at: answered,
            statuses,
            checklist: records::checklist(&self, &taken, opened, received),
            consents: records::consents(&mut self, opened, received)?,
            requests: Vec::new(),
            notes: Vec::new(),
            messages: Vec::new(),
            tasks: Vec::new(),
            modules: Vec::new(),
            patient: self.plan.patient.clone(),
        };
        records::documents(&mut self, &mut import, &taken)?;
        records::notes(&mut self, &mut import, owner, answered);
        records::messages(&mut self, &mut import)?;
        records::lessons(&mut self, &mut import)?;
        records::tasks(&self, &mut import);
        Ok(import)
    }

    /// When each step was taken: business hours, and the last one before now.
    fn when(&mut self, legs: &[Leg]) -> Result<Vec<Taken>> {
        let program = self.plan.program.clone();
        let expected =
            |sub_status: SubStatus| program.settings.expected_days.get(&sub_status).copied().unwrap_or(20);
        let mut stays = Vec::with_capacity(legs.len());
        for leg in legs {
            stays.push(journeys::minutes_in(leg.to, expected(leg.to), self.dice));
        }
        let mut left = self.dice.between(5, 95);
        if self.plan.target == SubStatus::Received {
            left = self.dice.between(2, 40);
        }
        // how long it has stood where it stands: sometimes longer than usual
        let held =
            stays.last().copied().unwrap_or(600) * if self.dice.percent(15) { 150 } else { left } / 100;
        if let Some(last) = stays.last_mut() {
            *last = if self.plan.is_named { held.min(600) } else { held };
        }
        let total: i64 = stays.iter().sum();
        let mut start = self.ctx.now.plus(-(total / 600 + 1) * DAY * 7 / 5 - DAY);
        start = start.plus(self.dice.between(-6 * 60, 6 * 60) * MINUTE);
        for _ in 0..60 {
            let taken = Self::along(&program, legs, &stays, start)?;
            if taken.last().is_some_and(|last| last.at.plus(5 * MINUTE) < self.ctx.now) {
                return Ok(taken);
            }
            start = start.plus(-17 * HOUR);
        }
        Err(Error::internal("a history did not fit before now"))
    }

    fn along(program: &Program, legs: &[Leg], stays: &[i64], start: Timestamp) -> Result<Vec<Taken>> {
        let mut at = start;
        let mut taken = Vec::with_capacity(legs.len());
        for (place, leg) in legs.iter().enumerate() {
            if place > 0 {
                at = program.after_business_minutes(at, stays.get(place - 1).copied().unwrap_or(60))?;
            }
            taken.push(Taken { leg: *leg, at });
        }
        Ok(taken)
    }

    fn statuses(&mut self, taken: &[Taken], owner: PersonId) -> Result<Vec<PastStatus>> {
        let mut stage = Stage::EnrollmentStarted;
        let mut statuses = Vec::with_capacity(taken.len());
        for (place, Taken { leg, at }) in taken.iter().enumerate() {
            stage = steps::stage(leg.to, stage);
            let is_own_step = place == 0 || (place == 1 && self.plan.is_by_caregiver);
            let actor = match (place, is_own_step) {
                (0, _) => "anonymous".to_owned(),
                (_, true) => format!("person:{}", self.plan.person),
                _ => format!("staff:{owner}"),
            };
            statuses.push(PastStatus {
                stage,
                sub_status: leg.to,
                waiting_on: steps::waiting_on(leg.to),
                at: *at,
                expected_on: self.plan.program.expected_on(leg.to, *at)?,
                actor,
                backward: leg.back.map(str::to_owned),
                staff_reason: (!is_own_step).then(|| records::reason(leg.to).to_owned()),
                sentence: self.item(Kind::Sentence, leg.to.code())?,
            });
        }
        Ok(statuses)
    }

    /// The approved item of a kind, with its edition, as it is shown in the patient's language.
    pub(super) fn item(&self, kind: Kind, slug: &str) -> Result<(String, i64)> {
        self.ctx
            .library()
            .shelf()
            .find(self.plan.program.id, kind, slug, self.plan.locale)
            .map(|shown| (shown.variant.item.clone(), shown.variant.edition))
            .ok_or_else(|| Error::internal("the demonstration's content is not loaded"))
    }

    fn owner(&mut self) -> PersonId {
        let mail = match (self.plan.locale, self.plan.program.code.as_str()) {
            (Locale::Es, _) => "rosa",
            (Locale::Vi, _) => "kim",
            (_, "clearpath") => *self.dice.pick(&["grace", "kim", "marcus"]),
            _ => *self.dice.pick(&["kim", "marcus", "rosa", "marcus"]),
        };
        staff::id(mail)
    }
}
