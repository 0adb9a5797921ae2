//! The attributes of single community models. What the public sees of models is an attribute of areas.

use super::attribute::{Carrier, ValueSource, attributes, text, written_as};
use super::format::ValueFormat::Date;
use crate::domain::role::Role;

attributes! {
    /// What is said of a community model.
    ModelAttribute in MODEL_ATTRIBUTES;

    Id: "Stable id of the model" =>
        text("id", "Mã mô hình", "Id")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .always_known();
    Kind: "Kind of model, an id of the rule file" =>
        text("kind", "Loại mô hình", "Kind of model")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .always_known();
    Code: "Code of the commune in which it stands" =>
        text("code", "Mã xã, phường", "Code of the commune").from(ValueSource::Records).least(Role::Planner);
    Origin: "How the model came about" =>
        text("origin", "Hình thành", "Origin")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .only_in(Carrier::Answers)
            .always_known();
    ParentId: "Id of the model it was copied from" =>
        text("parent_id", "Mô hình gốc", "Id of the parent model")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .only_in(Carrier::Answers);
    StartedOn: "First day of the model" =>
        written_as(Date, "started_on", "Ngày bắt đầu", "Started on")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .only_in(Carrier::Answers)
            .always_known();
    EndedOn: "Day from which the model is no longer active" =>
        written_as(Date, "ended_on", "Ngày kết thúc", "Ended on")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .only_in(Carrier::Answers);
    ReviewedOn: "Day of the last review" =>
        written_as(Date, "reviewed_on", "Ngày đánh giá", "Reviewed on")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .only_in(Carrier::Answers);
    Review: "Result of the last review" =>
        text("review", "Kết quả đánh giá", "Review")
            .from(ValueSource::Records)
            .least(Role::Planner)
            .only_in(Carrier::Answers);
}
