// services/core/catalogue.h: the pathways, calendars, instruments and support
// measures a hub starts with.
//
// One folder, as it is installed: pathways (ID/ID.textproto), blocks/,
// overlays/, calendars/, instruments/ and measures/.
//
//   const std::string folder = CatalogueFolder(config.catalogue());
//   calendar::CalendarSet calendars = LoadCalendarFolder(folder, problems);
//   status = PublishOverlay({.engine = engine, .folder = folder,
//                            .overlay = "overlays/region.textproto",
//                            .log = log});

#ifndef CAREROUTE_SERVICES_CORE_CATALOGUE_H_
#define CAREROUTE_SERVICES_CORE_CATALOGUE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/problems.h"
#include "lib/calendar/calendar_set.h"
#include "lib/engine/engine.h"
#include "lib/measures/measure_sets.h"
#include "lib/pathway/edition.h"
#include "lib/scoring/instrument_set.h"
#include "services/core/log.h"

namespace careroute::services {

// `configured`, or when it is empty the one installed with this program.
[[nodiscard]] std::string CatalogueFolder(const std::string& configured);

// Every edition of calendars/. No calendar at all is a problem too: a hub
// without working days cannot compute a deadline.
[[nodiscard]] calendar::CalendarSet LoadCalendarFolder(
    const std::string& folder, base::Problems& problems);

// Every instrument of instruments/; one with errors is left out, with its
// problems. A hub may have none.
[[nodiscard]] scoring::InstrumentSet LoadInstrumentFolder(
    const std::string& folder, base::Problems& problems);

// Every set of support measures of measures/; one with errors is left out, with
// its problems. A hub may have none.
[[nodiscard]] measures::MeasureSets LoadMeasureFolder(const std::string& folder,
                                                      base::Problems& problems);

// The overlays of a catalogue, as PublishOverlay takes them, in order of name.
[[nodiscard]] std::vector<std::string> OverlaysIn(const std::string& folder);

struct OverlayFile {
  std::string folder;   // of the catalogue
  std::string overlay;  // "overlays/demo-region.early-help.textproto"
};

// What an overlay makes of its pathway, checked and walked through; the same
// content is walked through once in a process. INVALID_ARGUMENT lists all
// problems of the files.
[[nodiscard]] absl::StatusOr<std::shared_ptr<const pathway::Edition>>
EditionOfOverlay(const OverlayFile& file);

struct PublishOverlayOptions {
  engine::Engine& engine;
  std::string folder;
  std::string overlay;  // "overlays/demo-region.early-help.textproto"
  const Log& log;
};

// Publishes the pathway the overlay names, bound to its region, unless exactly
// that is published. A published edition never changes: when the catalogue
// holds other content under its number, the published one stays and the log
// says so. INVALID_ARGUMENT lists all problems of the files. Waits.
[[nodiscard]] absl::Status PublishOverlay(const PublishOverlayOptions& options);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_CORE_CATALOGUE_H_
