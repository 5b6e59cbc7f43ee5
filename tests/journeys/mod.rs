//! People walking through the portal's own pages, as the acceptance scenarios tell it. Nobody looks into the database.

mod caregiver_enrolls; // SC-1
