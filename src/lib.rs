//! Bình Yên: a safety map of Quảng Nam.
//!
//! Data flows one way. Files and writes pass through [`ingest`], which checks
//! them and reports what it rejected, into [`store`], the only truth on
//! disk. From the store a [`snapshot`] is built: immutable data in memory
//! with an epoch. [`assessment`] turns a snapshot and a filter into counts,
//! rates, grades and densities; [`tile`] draws them as vector tiles, [`export`]
//! writes them as tables to hand in; [`service`] answers what a role may see,
//! and [`http`] carries these answers: it reads the current snapshot and never
//! waits for the store.
//! [`domain`], [`attributes`], [`texts`], [`geometry`] and [`statistics`] are the ground that all stand on;
//! [`cli`] joins the parts into the verbs of the command line.

pub mod assessment;
pub mod attributes;
pub mod cli;
pub mod config;
pub mod domain;
pub mod export;
pub mod features;
pub mod geometry;
pub mod http;
pub mod ingest;
pub mod service;
pub mod snapshot;
pub mod statistics;
pub mod store;
pub mod texts;
pub mod tile;
