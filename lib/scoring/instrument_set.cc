#include "lib/scoring/instrument_set.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"

namespace careroute::scoring {
namespace {

// Dates of the form YYYY-MM-DD sort as text; an empty one is open.
bool IsInForce(const model::v1::Instrument& instrument,
               const std::string& day) {
  return day.empty() ||
         (instrument.valid_from() <= day &&
          (instrument.valid_to().empty() || day <= instrument.valid_to()));
}

auto OrderOf(const Instrument& one) {
  return std::tie(one.message().id(), one.message().edition());
}

auto AgeOf(const Instrument& one) {
  return std::tie(one.message().valid_from(), one.message().edition());
}

bool Fits(const Instrument& one, const InstrumentQuery& query) {
  return one.message().id() == query.id &&
         (query.edition.empty() ? IsInForce(one.message(), query.on)
                                : one.message().edition() == query.edition);
}

}  // namespace

bool InstrumentSet::Add(std::shared_ptr<const Instrument> instrument) {
  const auto place = std::lower_bound(
      list_.begin(), list_.end(), instrument,
      [](const auto& a, const auto& b) { return OrderOf(*a) < OrderOf(*b); });
  if (place != list_.end() && OrderOf(**place) == OrderOf(*instrument)) {
    return false;
  }
  list_.insert(place, std::move(instrument));
  return true;
}

const Instrument* InstrumentSet::Find(const InstrumentQuery& query) const {
  const Instrument* newest = nullptr;
  for (const std::shared_ptr<const Instrument>& one : list_) {
    if (Fits(*one, query) &&
        (newest == nullptr || AgeOf(*newest) < AgeOf(*one))) {
      newest = one.get();
    }
  }
  return newest;
}

InstrumentSet LoadInstruments(const catalogue::FileReader& files,
                              absl::Span<const std::string> names,
                              base::Problems& problems) {
  InstrumentSet set;
  for (const std::string& name : names) {
    std::shared_ptr<const Instrument> instrument =
        LoadInstrument(files, name, problems);
    if (instrument == nullptr) continue;
    const std::string id = instrument->message().id();
    if (!set.Add(std::move(instrument))) {
      problems.Add(
          {.path = "edition",
           .file = name,
           .reason = "DUPLICATE_ID",
           .message = absl::StrCat("this edition of ", id, " is there already"),
           .mend = "give each edition its own number"});
    }
  }
  return set;
}

}  // namespace careroute::scoring
