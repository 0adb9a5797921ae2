//! Writes of incidents, as requests word them.
//!
//! In: the body of a request, who sends it and what is there. Out: a write for the queue, with the features that were
//! rejected; afterwards what is answered. An amendment is the incident as it is with what the request says of it,
//! checked like any other.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Writer;
use super::hand_in::{HandInOutcome, ReadHandIn, WhenRejected, WriteRequest, unreadable};
use super::known_words::HandInWords;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::incident::{Incident, IncidentLocation};
use crate::ingest::{Batch, submitted};
use crate::service::answers::incidents::single::StoredProperties;
use crate::service::error::ServiceError;
use crate::store::{ExpectedState, PutIncident, WriteAction, WriteDone};
use crate::texts::text;

impl Writer {
    /// Has the features of a body put into the store.
    ///
    /// # Errors
    /// When the body cannot be read, a key was used for something else, or the store refuses.
    pub(crate) async fn put(
        &self,
        body: Arc<[u8]>,
        words: HandInWords,
        request: WriteRequest,
        when_rejected: WhenRejected,
    ) -> Result<HandInOutcome, ServiceError> {
        let now_s = request.origin.moment_s;
        let read = move || {
            let Batch { read, records, blank: _, unsaid, rejects } = submitted(&body, &words.incidents(now_s))?;
            let puts = records.into_iter().zip(unsaid).map(|(incident, unsaid)| PutIncident { incident, unsaid });
            Ok(ReadHandIn { read, action: WriteAction::Put(puts.collect()), rejects })
        };
        self.hand_in(read, request, when_rejected, None).await
    }

    /// Has an incident amended: what a feature says of it is taken over, everything else stays.
    ///
    /// # Errors
    /// As [`Self::put`]; when what the feature says is rejected; when the incident is another than the request knows.
    pub(crate) async fn amend(
        &self,
        before: &Incident,
        said: &Map<String, Value>,
        words: &HandInWords,
        request: WriteRequest,
        expected: ExpectedState,
    ) -> Result<Amended, ServiceError> {
        let body = amended_collection(before, said, words.taxonomy())?;
        let batch = submitted(&body, &words.incidents(request.origin.moment_s)).map_err(unreadable)?;
        let (Some(incident), []) = (batch.records.into_iter().next(), batch.rejects.as_slice()) else {
            return Err(ServiceError::RejectedFeatures { read: 1, rejects: batch.rejects });
        };
        // Even where any state will do, what others wrote since it was read here must not be undone.
        let expected = match expected {
            ExpectedState::Any => ExpectedState::Versions(vec![before.version()]),
            ExpectedState::Versions(versions) => ExpectedState::Versions(versions),
        };
        let action = WriteAction::Amend(Box::new(incident.clone()), expected);
        let done = self.done(request.write(action), None).await?;
        Ok(Amended { done, incident })
    }

    /// Has an incident taken away.
    ///
    /// # Errors
    /// When the incident is another than the request knows, or the store refuses.
    pub(crate) async fn withdraw(
        &self,
        id: &str,
        request: WriteRequest,
        expected: ExpectedState,
    ) -> Result<WriteDone, ServiceError> {
        let action = WriteAction::Withdraw(id.to_owned(), expected);
        self.done(request.write(action), None).await
    }
}

/// An incident that was amended.
#[derive(Debug, Clone)]
pub(crate) struct Amended {
    pub(crate) done: WriteDone,
    /// As it is now.
    pub(crate) incident: Incident,
}

/// The incident with what is said of it, as a collection of one feature.
fn amended_collection(
    before: &Incident,
    said: &Map<String, Value>,
    taxonomy: &Taxonomy,
) -> Result<Arc<[u8]>, ServiceError> {
    let wrong = |what: String| ServiceError::BadBody { what: text!("refusal-amendment", what = what) };
    let known = ["type", "id", "geometry", "properties", "reason"];
    if let Some(name) = said.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(wrong(name.clone()));
    }
    if said.get("id").is_some_and(|id| id.as_str() != Some(&before.id)) {
        return Err(wrong("id".to_owned()));
    }
    let stored = serde_json::to_value(StoredProperties::of(before, taxonomy));
    let Ok(Value::Object(mut properties)) = stored else { return Err(ServiceError::Internal) };
    let mut geometry = geometry_of(before);
    if let Some(said) = said.get("geometry") {
        geometry = said.clone();
        properties.remove("area_code");
        properties.remove("edition");
    }
    match said.get("properties") {
        None | Some(Value::Null) => {}
        Some(Value::Object(said)) => {
            if said.contains_key("area_code") && !said.contains_key("geometry") {
                geometry = Value::Null;
            }
            properties.extend(said.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        Some(_) => return Err(wrong("properties".to_owned())),
    }
    let feature = BTreeMap::from([
        ("type", Value::from("Feature")),
        ("id", Value::from(before.id.as_str())),
        ("geometry", geometry),
        ("properties", properties.into()),
    ]);
    let feature: Map<String, Value> = feature.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let collection = Map::from_iter([
        ("type".to_owned(), Value::from("FeatureCollection")),
        ("features".to_owned(), Value::from(vec![Value::from(feature)])),
    ]);
    Ok(Value::from(collection).to_string().into_bytes().into())
}

fn geometry_of(incident: &Incident) -> Value {
    let IncidentLocation::Point(at) = &incident.location else { return Value::Null };
    let members =
        [("type".to_owned(), Value::from("Point")), ("coordinates".to_owned(), Value::from(vec![at.lon(), at.lat()]))];
    Map::from_iter(members).into()
}
