// lib/scoring/instrument_set.h: the instruments a program knows, by id and
// edition.
//
//   InstrumentSet set = LoadInstruments(files, names, problems);
//   const Instrument* nba = set.Find({.id = "nba-pflegegrad",
//                                     .on = "2026-03-02"});

#ifndef CAREROUTE_LIB_SCORING_INSTRUMENT_SET_H_
#define CAREROUTE_LIB_SCORING_INSTRUMENT_SET_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "lib/base/problems.h"
#include "lib/catalogue/file_reader.h"
#include "lib/scoring/instrument.h"

namespace careroute::scoring {

struct InstrumentQuery {
  std::string id;
  // Empty = the newest by valid_from that is in force on the day, or of all
  // when no day is given; the later edition of two that begin alike.
  std::string edition;
  // YYYY-MM-DD; empty = any day.
  std::string on;
};

// Filled while a program starts, then only read: thread-safe. Movable.
class InstrumentSet {
 public:
  // False when that edition is there already; the first one stays.
  [[nodiscard]] bool Add(std::shared_ptr<const Instrument> instrument);

  // Null when there is none.
  [[nodiscard]] const Instrument* Find(const InstrumentQuery& query) const;

  // By id, then edition.
  [[nodiscard]] const std::vector<std::shared_ptr<const Instrument>>& list()
      const {
    return list_;
  }

 private:
  std::vector<std::shared_ptr<const Instrument>> list_;
};

// Loads each file. One with an error is left out, with its problems; so is an
// edition that is there twice.
[[nodiscard]] InstrumentSet LoadInstruments(const catalogue::FileReader& files,
                                            absl::Span<const std::string> names,
                                            base::Problems& problems);

}  // namespace careroute::scoring

#endif  // CAREROUTE_LIB_SCORING_INSTRUMENT_SET_H_
