//! From holdings to what is counted, rated and released.

mod account;
mod chance;
mod disclosure_audit;
mod exposures;
mod letters;
mod model_density;
mod model_effect;
mod peers;
mod planted;
mod rated_rows;
mod release_sequences;
mod schemes;
mod situation;
mod squares;
mod statutory;
mod worked_cases;
