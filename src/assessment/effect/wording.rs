//! What is said of an effect, in both languages. What happened beside what happened elsewhere, never what caused it.

use super::compared::Obstacle;
use super::estimate::{EffectVerdict, KindEffect, ModelEffect};
use crate::domain::rules::EffectRule;
use crate::domain::text::Names;
use crate::statistics::RatioEstimate;
use crate::texts::phrasing::{counted_en, english, incidents_en, vietnamese};

fn names(vi: impl Into<String>, en: impl Into<String>) -> Names {
    Names { vi: vi.into(), en: en.into() }
}

/// A number as each language writes it.
pub(super) fn unlike(number: f64, digits: usize) -> Names {
    names(vietnamese(number, digits), english(number, digits))
}

/// A ratio with its limits.
pub(super) fn ratio_in_words(ratio: &RatioEstimate, level: f64) -> Names {
    let [value, low, high] = [ratio.ratio, ratio.limits.low, ratio.limits.high].map(|number| unlike(number, 2));
    let level = unlike(level * 100.0, 0);
    names(
        format!("tỷ số so với nơi so sánh là {} ({} %: {}–{})", value.vi, level.vi, low.vi, high.vi),
        format!("the ratio to the comparison places is {} ({} %: {}–{})", value.en, level.en, low.en, high.en),
    )
}

/// What is said of one model.
pub fn of_model(effect: &ModelEffect, rule: &EffectRule) -> Names {
    let counts = effect.compared.as_ref().map_or_else(Default::default, |compared| {
        let treated = compared.inside.treated;
        (
            format!("Trong phạm vi mô hình: {} vụ trước, {} vụ sau. ", treated.before, treated.after),
            format!("Inside its reach: {} before, {} after. ", incidents_en(treated.before), treated.after),
        )
    });
    let verdict = verdict(effect.verdict, effect.ratio, rule, rule.min_before);
    names(counts.0 + &verdict.vi, counts.1 + &verdict.en)
}

/// What is said of a kind.
pub fn of_kind(effect: &KindEffect, rule: &EffectRule) -> Names {
    let verdict = verdict(effect.verdict, effect.pooled, rule, rule.min_before_of_kind);
    names(
        format!("Gộp {} điểm, {} vụ trước. {}", effect.strata, effect.before, verdict.vi),
        format!(
            "Pooled over {}, {} before. {}",
            counted_en(u64::from(effect.strata), "model", "models"),
            incidents_en(effect.before),
            verdict.en
        ),
    )
}

fn verdict(verdict: EffectVerdict, ratio: Option<RatioEstimate>, rule: &EffectRule, least: u32) -> Names {
    let ratio = ratio.map_or_else(|| names("", ""), |ratio| ratio_in_words(&ratio, rule.level));
    let (vi, en) = match verdict {
        EffectVerdict::CannotTell(obstacle) => {
            let why = why(obstacle, least);
            return names(format!("Chưa thể kết luận: {}.", why.vi), format!("No conclusion is possible: {}.", why.en));
        }
        EffectVerdict::Lower => (
            "số vụ giảm nhiều hơn, hoặc tăng ít hơn, các nơi so sánh",
            "down by more, or up by less, than at the comparison places",
        ),
        EffectVerdict::Higher => (
            "số vụ giảm ít hơn, hoặc tăng nhiều hơn, các nơi so sánh",
            "down by less, or up by more, than at the comparison places",
        ),
        EffectVerdict::NotClear => {
            ("không khác biệt rõ so với các nơi so sánh", "not clearly different from the comparison places")
        }
    };
    names(format!("Sau một kỳ, {}: {vi}.", ratio.vi), format!("After one window, {}: {en}.", ratio.en))
}

fn why(obstacle: Obstacle, least: u32) -> Names {
    match obstacle {
        Obstacle::NoLocation => names("không rõ nơi đặt mô hình", "where it stands is not known"),
        Obstacle::NotCovered => {
            names("số liệu vụ việc chưa đủ cả hai kỳ trước và sau", "the incidents known do not cover both windows")
        }
        Obstacle::EndedTooSoon => {
            names("mô hình kết thúc trước khi hết kỳ sau", "it ended before the window after its start was over")
        }
        Obstacle::KindWasThere => {
            names("ở đó đã có mô hình cùng loại", "another model of the kind was there before it")
        }
        Obstacle::NoComparison => {
            names("không còn nơi tương đương nào chưa có loại mô hình này", "no place like it is left without the kind")
        }
        Obstacle::TooFew => names(
            format!("dưới {least} vụ trước khi có mô hình, hoặc có kỳ không có vụ nào"),
            format!("fewer than {least} incidents before, or none at all in one window"),
        ),
    }
}

/// How the comparison is made, and what it cannot show.
pub fn method(rule: &EffectRule) -> Names {
    let (days, places) = (rule.window_days, rule.comparison_places);
    names(
        format!(
            "So sánh {days} ngày trước và sau ngày bắt đầu, trong phạm vi mô hình và tại tối đa {places} nơi cùng nhóm \
             chưa có loại mô hình này, có số vụ trước tương đương. Mô hình thường đặt ở nơi đang nhiều vụ, mà nơi như vậy \
             thường tự giảm (hồi quy về trung bình); chọn nơi có số vụ trước tương đương chỉ bù được một phần. Một nơi \
             so sánh có thể dùng cho nhiều mô hình. Kết quả không nói lên nguyên nhân."
        ),
        format!(
            "The {days} days before and after the start are compared, inside the reach and at up to {places} places of \
             the same group without the kind and with a like count before. Models are put where trouble is, and such \
             places calm by themselves (regression to the mean); matching on the count before makes up for part of that \
             only. One place may serve several models. The figures do not tell what caused a difference."
        ),
    )
}
