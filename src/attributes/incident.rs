//! The attributes of incidents: of single ones, and of the cells and squares that stand for several in tiles.

use super::attribute::{Carrier, ValueSource, attributes, count, text, written_as};
use super::format::ValueFormat;
use crate::domain::role::Role;

attributes! {
    /// What is said of an incident, or of several together.
    IncidentAttribute in INCIDENT_ATTRIBUTES;

    Kind: "incident: a single one; cell: all of a part of the tile, at their mean position; square: one of a fixed grid, with enough incidents to be shown" =>
        text("kind", "Đối tượng", "Kind of feature")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .only_in(Carrier::Tiles)
            .always_known();
    Id: "Stable id of the incident (single incidents)" =>
        text("id", "Mã vụ việc", "Id")
            .from(ValueSource::Records)
            .least(Role::Commander)
            .always_known();
    Time: "Local time, RFC 3339 (single incidents)" =>
        written_as(ValueFormat::Time, "time", "Thời điểm", "Time")
            .from(ValueSource::Records)
            .least(Role::Commander)
            .always_known();
    Precision: "How exact the position is (single incidents)" =>
        text("precision", "Độ chính xác vị trí", "Precision of the position")
            .from(ValueSource::Records)
            .least(Role::Commander);
    Category: "Category, or the most frequent one of a cell or square" =>
        text("category", "Loại vụ việc", "Category").from(ValueSource::Records).least(Role::Planner);
    Severity: "Severity 1 to 5, or the greatest one of a cell" =>
        count("severity", "Mức độ", "Severity")
            .from(ValueSource::Records)
            .least(Role::Commander)
            .always_known();
    Count: "Incidents in the cell or square; 1 for a single incident" =>
        count("count", "Số vụ", "Incidents")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .only_in(Carrier::Tiles)
            .always_known();
    Status: "What became of the incident" =>
        text("status", "Tình trạng", "Status")
            .from(ValueSource::Records)
            .least(Role::Commander)
            .only_in(Carrier::Answers);
    Channel: "How the incident was reported" =>
        text("channel", "Kênh tiếp nhận", "Channel")
            .from(ValueSource::Records)
            .least(Role::Commander)
            .only_in(Carrier::Answers);
    Code: "Code of the commune in which it lies" =>
        text("code", "Mã xã, phường", "Code of the commune")
            .from(ValueSource::Records)
            .least(Role::Commander)
            .only_in(Carrier::Answers);
}
