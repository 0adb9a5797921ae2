//! The states of the data as they follow on each other, and alerts between them, for whoever listens.
//!
//! In: a snapshot that is served from now on, and what changed in it; alerts as they are raised. Out: a [`LiveNote`] to
//! each listener, and the last of them to those who come back and say which state they know. What a role may hear of a
//! note is decided by whoever tells it.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use super::ServedSnapshot;
use crate::domain::incident::Incident;
use crate::domain::incident::incident_change::IncidentChange;
use crate::domain::role::Role;
use crate::service::answers::alerts::event::AlertEvent;
use crate::snapshot::{Snapshot, TouchedArea};

/// Notes that are kept for those who come back.
const KEPT: usize = 1_024;
/// Notes that a listener may be behind before it has to look for itself.
const BEHIND: usize = 256;

/// What listeners are told of.
#[derive(Debug, Clone)]
pub(crate) enum LiveNote {
    /// A state of the data.
    State(EpochNote),
    /// An alert that was raised.
    Alert(Box<AlertEvent>),
}

/// A state of the data, and how it differs from the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EpochNote {
    /// Its number, to those who see all.
    pub(crate) epoch: u64,
    /// The epoch and the revision that the public is served; as before where the public notices nothing.
    pub(crate) public: PublicState,
    /// What changed; none where more did than incidents.
    pub(crate) change: Option<ChangeNote>,
}

/// What names the data to the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicState {
    pub(crate) epoch: u64,
    pub(crate) revision: Arc<str>,
}

/// What changed of incidents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ChangeNote {
    /// Incidents that are new.
    pub(crate) added: usize,
    /// Incidents that are other than they were.
    pub(crate) amended: usize,
    /// Incidents that are there no more.
    pub(crate) withdrawn: usize,
    /// The areas where any of them counts or counted.
    pub(crate) areas: BTreeSet<TouchedArea>,
}

impl EpochNote {
    /// The state that is served, and what changed.
    pub(crate) fn of(served: &ServedSnapshot, change: Option<ChangeNote>) -> Self {
        let public = served.state(Role::Public);
        Self {
            epoch: served.snapshot.epoch,
            public: PublicState { epoch: public.epoch, revision: Arc::clone(&public.revision) },
            change,
        }
    }
}

impl ChangeNote {
    /// What a change is in the areas of the snapshot that it leads to.
    pub(crate) fn of(snapshot: &Snapshot, change: &IncidentChange) -> Self {
        let ids = |incidents: &[Incident]| -> BTreeSet<String> {
            incidents.iter().map(|incident| incident.id.clone()).collect()
        };
        let (before, current) = (ids(&change.before), ids(&change.current));
        Self {
            added: current.difference(&before).count(),
            amended: current.intersection(&before).count(),
            withdrawn: before.difference(&current).count(),
            areas: snapshot.touched_areas(change.before.iter().chain(&change.current)),
        }
    }
}

impl LiveNote {
    /// Whether it is of the state of an epoch.
    fn is_of_state(&self, epoch: u64) -> bool {
        matches!(self, Self::State(note) if note.epoch == epoch)
    }
}

/// Tells listeners of every state and alert.
#[derive(Debug)]
pub(crate) struct Epochs {
    /// None when nothing is told any more.
    sender: Mutex<Option<broadcast::Sender<Arc<LiveNote>>>>,
    kept: Mutex<VecDeque<Arc<LiveNote>>>,
}

impl Default for Epochs {
    fn default() -> Self {
        Self { sender: Mutex::new(Some(broadcast::channel(BEHIND).0)), kept: Mutex::default() }
    }
}

/// What a listener has missed, and how it goes on.
#[derive(Debug)]
pub(crate) struct Listening {
    /// What came after the state that it knows; none where that is not known any more.
    pub(crate) missed: Option<Vec<Arc<LiveNote>>>,
    /// What comes.
    pub(crate) notes: broadcast::Receiver<Arc<LiveNote>>,
}

impl Epochs {
    /// Tells of a state or an alert.
    pub(crate) fn tell(&self, note: LiveNote) {
        let note = Arc::new(note);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(Arc::clone(&note));
        // Within the lock, so that who begins to listen misses nothing between what is kept and what comes.
        if let Some(sender) = &*self.sender() {
            let _ = sender.send(note);
        }
    }

    /// Begins to listen; whoever was here before names the last epoch that it knows.
    pub(crate) fn listen(&self, known: Option<u64>) -> Listening {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Of a channel without a sender the end is heard at once.
        let notes = self.sender().as_ref().map_or_else(|| broadcast::channel(1).1, broadcast::Sender::subscribe);
        let missed = known.and_then(|known| {
            // Told in a row from the known one on: nothing between is lost.
            let place = kept.iter().position(|note| note.is_of_state(known))?;
            Some(kept.iter().skip(place + 1).cloned().collect())
        });
        Listening { missed, notes }
    }

    /// How many listen.
    pub(crate) fn listeners(&self) -> usize {
        self.sender().as_ref().map_or(0, broadcast::Sender::receiver_count)
    }

    /// Tells nobody anything from now on: who listens hears that it has ended.
    pub(crate) fn end(&self) {
        self.sender().take();
    }

    fn sender(&self) -> MutexGuard<'_, Option<broadcast::Sender<Arc<LiveNote>>>> {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(epoch: u64) -> LiveNote {
        LiveNote::State(EpochNote { epoch, public: PublicState { epoch: 1, revision: "r".into() }, change: None })
    }

    fn epoch(note: &LiveNote) -> u64 {
        let LiveNote::State(note) = note else { panic!("{note:?}") };
        note.epoch
    }

    #[tokio::test]
    async fn who_comes_back_hears_what_came_meanwhile_and_who_was_away_too_long_does_not() {
        let epochs = Epochs::default();
        assert!(epochs.listen(Some(1)).missed.is_none());
        for number in 1..=3 {
            epochs.tell(note(number));
        }
        let mut listening = epochs.listen(Some(1));
        let missed: Vec<u64> = listening.missed.take().unwrap().iter().map(|note| epoch(note)).collect();
        assert_eq!(missed, [2, 3]);
        epochs.tell(note(4));
        assert_eq!(epoch(&listening.notes.recv().await.unwrap()), 4);
        assert_eq!(epochs.listeners(), 1);
        for number in 5..5 + KEPT as u64 {
            epochs.tell(note(number));
        }
        assert!(epochs.listen(Some(4)).missed.is_none(), "it is not kept any more");
        assert!(listening.notes.recv().await.is_err(), "it is too far behind");
        let mut last = epochs.listen(None).notes;
        epochs.end();
        assert!(matches!(last.recv().await, Err(broadcast::error::RecvError::Closed)));
        assert!(matches!(epochs.listen(None).notes.recv().await, Err(broadcast::error::RecvError::Closed)));
    }
}
