#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/catalogue/walk_message.h"
#include "lib/scoring/internal/check_rules.h"
#include "lib/scoring/internal/ends.h"
#include "lib/scoring/internal/plan.h"
#include "lib/scoring/internal/reach.h"

namespace careroute::scoring::internal {
namespace {

using catalogue::FieldPath;
using model::v1::Instrument;

// A band with where it is written.
struct Placed {
  Ends ends;
  std::string path;
};

// The bands of a list that can be read; the others are reported elsewhere.
template <typename Bands>
std::vector<Placed> ReadBands(const Bands& bands, absl::string_view path,
                              absl::string_view field) {
  std::vector<Placed> placed;
  for (int i = 0; i < bands.size(); ++i) {
    const std::optional<Ends> ends = ReadEnds(bands.Get(i));
    if (ends.has_value()) {
      placed.push_back({*ends, FieldPath(path, field, i)});
    }
  }
  return placed;
}

class BandChecker {
 public:
  BandChecker(const Instrument& instrument, base::Problems& problems)
      : instrument_(instrument), problems_(problems) {}

  void Check() {
    if (GrainFits(instrument_)) {
      Reach();
    } else {
      reached_.resize(static_cast<size_t>(instrument_.modules_size()));
    }
    for (int i = 0; i < instrument_.modules_size(); ++i) {
      const std::string path = FieldPath("", "modules", i);
      if (instrument_.modules(i).bands().empty()) continue;
      const auto& known = reached_[static_cast<size_t>(i)];
      CheckList(ReadBands(instrument_.modules(i).bands(), path, "bands"), path,
                known.has_value() ? &known->sums : nullptr);
    }
    const Values* totals = Totals();
    if (!instrument_.level_bands().empty()) {
      CheckList(ReadBands(instrument_.level_bands(), "", "level_bands"),
                "level_bands", totals);
    }
    CheckLevelsReached(totals);
  }

 private:
  // At every age together.
  void Reach() {
    std::int64_t pairs_left = kPairsMax;
    reached_ = ReachOf(instrument_, -1, pairs_left);
    for (int i = 0; i < instrument_.age_variants_size(); ++i) {
      const auto more = ReachOf(instrument_, i, pairs_left);
      for (size_t k = 0; k < reached_.size(); ++k) {
        if (!reached_[k].has_value() || !more[k].has_value()) {
          reached_[k].reset();
          continue;
        }
        reached_[k]->sums = UnionOf(reached_[k]->sums, more[k]->sums);
        reached_[k]->points = UnionOf(reached_[k]->points, more[k]->points);
      }
    }
  }

  [[nodiscard]] const Values* Totals() const {
    const int total = IndexOf(instrument_.modules(), instrument_.total());
    if (total < 0) return nullptr;
    const auto& known = reached_[static_cast<size_t>(total)];
    return known.has_value() ? &known->points : nullptr;
  }

  void CheckList(const std::vector<Placed>& bands, const std::string& path,
                 const Values* values) {
    CheckOverlaps(bands);
    if (values == nullptr) return;
    for (const Placed& band : bands) {
      if (!band.ends.IsEmpty() && !internal::Meets(*values, band.ends)) {
        problems_.Error(
            band.path, "UNREACHABLE_BAND",
            absl::StrCat("nothing can be in ", ToText(band.ends, "en"),
                         "; there is ", Describe(*values)),
            "correct its ends, or remove it");
      }
    }
    if (values->dense) {
      CheckWithoutGaps(bands, path, *values);
    } else {
      CheckEachCovered(bands, path, *values);
    }
  }

  static std::string Describe(const Values& values) {
    return absl::StrCat(scoring::ToText(values.numbers.front(), "en"), " to ",
                        scoring::ToText(values.numbers.back(), "en"));
  }

  void CheckOverlaps(const std::vector<Placed>& bands) {
    for (size_t i = 0; i < bands.size(); ++i) {
      if (bands[i].ends.IsEmpty()) {
        problems_.Error(bands[i].path, "EMPTY_BAND", "ends before it begins",
                        "correct its ends");
        continue;
      }
      for (size_t k = 0; k < i; ++k) {
        if (!bands[k].ends.IsEmpty() && !bands[k].ends.IsBelow(bands[i].ends) &&
            !bands[i].ends.IsBelow(bands[k].ends)) {
          problems_.Error(
              bands[i].path, "OVERLAPPING_BANDS",
              absl::StrCat(ToText(bands[i].ends, "en"), " overlaps ",
                           ToText(bands[k].ends, "en")),
              "let each number be in one band");
          break;
        }
      }
    }
  }

  void CheckEachCovered(const std::vector<Placed>& bands,
                        const std::string& path, const Values& values) {
    std::vector<Exact> uncovered;
    for (const Exact& value : values.numbers) {
      if (std::none_of(bands.begin(), bands.end(), [&](const Placed& one) {
            return one.ends.Contains(value);
          })) {
        uncovered.push_back(value);
      }
    }
    if (!uncovered.empty()) ReportGap(path, uncovered.front(), values);
  }

  void ReportGap(const std::string& path, const Exact& value,
                 const Values& values) {
    problems_.Error(
        path, "NO_BAND",
        absl::StrCat("no band covers ", scoring::ToText(value, "en"),
                     "; there is ", Describe(values)),
        "let the bands cover everything there can be");
  }

  // Where every number can be, each band must begin where another ends.
  void CheckWithoutGaps(std::vector<Placed> bands, const std::string& path,
                        const Values& values) {
    std::sort(bands.begin(), bands.end(), [](const Placed& a, const Placed& b) {
      const auto& left = a.ends.lower.number;
      const auto& right = b.ends.lower.number;
      return right.has_value() && (!left.has_value() || *left < *right);
    });
    if (bands.empty() ||
        !bands.front().ends.ReachesDownTo(values.numbers.front())) {
      ReportGap(path, values.numbers.front(), values);
    }
    for (size_t i = 1; i < bands.size(); ++i) {
      const Ends& before = bands[i - 1].ends;
      if (!before.Meets(bands[i].ends) && before.IsBelow(bands[i].ends)) {
        problems_.Error(bands[i].path, "NO_BAND",
                        absl::StrCat("does not begin where ",
                                     ToText(before, "en"), " ends"),
                        "let the bands meet: at_most with above, below with "
                        "at_least");
      }
    }
    if (!bands.empty() &&
        !bands.back().ends.ReachesUpTo(values.numbers.back())) {
      ReportGap(path, values.numbers.back(), values);
    }
  }

  // Levels that bands, crosswalk or overrides give, and those one is lifted to.
  void CheckLevelsReached(const Values* totals) {
    std::set<int> reached;
    for (const model::v1::LevelBand& band : instrument_.level_bands()) {
      const std::optional<Ends> ends = ReadEnds(band);
      // Of what cannot be read or reckoned the best is believed.
      if (!ends.has_value() || totals == nullptr ||
          internal::Meets(*totals, *ends)) {
        AddWithLifts(IndexOf(instrument_.levels(), band.level()), reached);
      }
    }
    for (const auto& entry : instrument_.crosswalk().entries()) {
      AddWithLifts(IndexOf(instrument_.levels(), entry.level()), reached);
    }
    for (const model::v1::LevelOverride& lift : instrument_.overrides()) {
      reached.insert(IndexOf(instrument_.levels(), lift.level()));
    }
    for (int i = 0; i < instrument_.levels_size(); ++i) {
      if (reached.find(i) == reached.end()) {
        problems_.Error(FieldPath("", "levels", i), "UNREACHABLE_LEVEL",
                        "nobody can have it", "give it a band, or remove it");
      }
    }
  }

  void AddWithLifts(int level, std::set<int>& reached) const {
    if (level < 0) return;
    reached.insert(level);
    if (instrument_.levels(level).grants_nothing()) return;
    for (const model::v1::AgeVariant& variant : instrument_.age_variants()) {
      reached.insert(
          std::min(level + variant.levels_up(), instrument_.levels_size() - 1));
    }
  }

  const Instrument& instrument_;
  base::Problems& problems_;
  std::vector<std::optional<Reachable>> reached_;
};

}  // namespace

void CheckBands(const Instrument& instrument, base::Problems& problems) {
  BandChecker(instrument, problems).Check();
}

}  // namespace careroute::scoring::internal
