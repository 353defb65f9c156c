// lib/engine/testing/test_files.h: what tests read from the source directory,
// where they run. Aborts on a file that is not as it must be: a mistake of the
// test.
//
//   const calendar::CalendarSet calendars = LoadCalendars();
//   model::v1::Pathway route =
//       ReadPathway("lib/casework/testdata/test-route.textproto");

#ifndef CAREROUTE_LIB_ENGINE_TESTING_TEST_FILES_H_
#define CAREROUTE_LIB_ENGINE_TESTING_TEST_FILES_H_

#include <string>

#include "careroute/model/v1/pathway.pb.h"
#include "lib/calendar/calendar_set.h"
#include "lib/measures/measure_sets.h"

namespace careroute::engine::testing {

// Calendar "ru" with its zones, as the catalogue ships it.
[[nodiscard]] calendar::CalendarSet LoadCalendars();

// testdata/route-measures.textproto, alone.
[[nodiscard]] measures::MeasureSets LoadMeasures();

// Unchecked: tests also need pathways that nobody would publish.
[[nodiscard]] model::v1::Pathway ReadPathway(const std::string& path);

}  // namespace careroute::engine::testing

#endif  // CAREROUTE_LIB_ENGINE_TESTING_TEST_FILES_H_
