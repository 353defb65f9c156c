#include "lib/engine/testing/test_files.h"

#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/base/problems.h"
#include "lib/calendar/load.h"
#include "lib/catalogue/file_reader.h"
#include "lib/pathway/file_reader.h"

namespace careroute::engine::testing {
namespace {

std::string ReadFile(const std::string& path) {
  const size_t end = path.rfind('/');
  const absl::StatusOr<std::string> text =
      pathway::DirectoryFileReader(path.substr(0, end))
          .Read(path.substr(end + 1));
  CAREROUTE_CHECK(text.ok());
  return *text;
}

}  // namespace

calendar::CalendarSet LoadCalendars() {
  constexpr char kFile[] = "lib/calendar/catalogue/ru-2026.1.textproto";
  base::Problems problems;
  calendar::CalendarSet calendars = calendar::LoadCalendars(
      {{.name = kFile, .text = ReadFile(kFile)}}, problems);
  CAREROUTE_CHECK(!problems.HasErrors());
  return calendars;
}

measures::MeasureSets LoadMeasures() {
  base::Problems problems;
  measures::MeasureSets sets = measures::LoadMeasureSets(
      catalogue::DirectoryFileReader("lib/engine/testdata"),
      {"route-measures.textproto"}, problems);
  CAREROUTE_CHECK(problems.empty());
  return sets;
}

model::v1::Pathway ReadPathway(const std::string& path) {
  model::v1::Pathway pathway;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(ReadFile(path), &pathway));
  return pathway;
}

}  // namespace careroute::engine::testing
