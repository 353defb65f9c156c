#include "tests/scenarios/shipped.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "lib/base/problems.h"
#include "lib/calendar/load.h"
#include "lib/catalogue/file_reader.h"
#include "lib/pathway/bind.h"
#include "lib/pathway/file_reader.h"
#include "lib/pathway/load.h"
#include "lib/pathway/publish.h"
#include "tests/support/golden.h"

namespace careroute::scenarios {
namespace {

namespace fs = std::filesystem;

using model::v1::Member;
using model::v1::Organisation;

constexpr const char* kPathways[] = {"congenital-pathology", "early-help",
                                     "long-term-care"};
constexpr const char* kInstruments[] = {
    "barthel-100",   "barthel-20",           "katz",
    "lawton",        "ru-ltc-questionnaire", "ru-ltc-group-crosswalk",
    "nba-pflegegrad"};
constexpr char kCalendar[] = "lib/calendar/catalogue/ru-2026.1.textproto";
constexpr char kInstrumentCatalogue[] = "lib/scoring/catalogue";
constexpr char kData[] = "tests/scenarios/data";

[[noreturn]] void Stop(absl::string_view text) {
  std::fprintf(stderr, "scenarios: %s\n",
               std::string(text.data(), text.size()).c_str());
  std::exit(1);
}

std::string Read(const std::string& path) {
  absl::StatusOr<std::string> text = tests::ReadFile(path);
  if (!text.ok()) Stop(text.status().ToString());
  return *std::move(text);
}

void AddMember(Organisation& organisation, const std::string& id,
               const std::vector<model::v1::ActorRole>& roles) {
  Member& member = *organisation.add_members();
  member.set_name(absl::StrCat(organisation.name(), "/members/", id));
  member.set_kind(model::v1::MEMBER_KIND_PERSON);
  for (const model::v1::ActorRole role : roles) member.add_roles(role);
}

// Who works everywhere.
void AddMembers(Organisation& organisation) {
  using model::v1::ACTOR_ROLE_COORDINATOR;
  using model::v1::ACTOR_ROLE_PERFORMER;
  using model::v1::ACTOR_ROLE_REGISTRAR;
  for (const char* post : {"coordinator", "deputy", "head"}) {
    AddMember(organisation, post,
              {ACTOR_ROLE_COORDINATOR, ACTOR_ROLE_PERFORMER});
  }
  AddMember(organisation, "colleague", {ACTOR_ROLE_COORDINATOR});
  AddMember(organisation, "specialist", {ACTOR_ROLE_PERFORMER});
  AddMember(organisation, "registrar", {ACTOR_ROLE_REGISTRAR});
  const std::string members = absl::StrCat(organisation.name(), "/members/");
  organisation.set_duty_coordinator(absl::StrCat(members, "coordinator"));
  organisation.set_duty_deputy(absl::StrCat(members, "deputy"));
  organisation.set_head(absl::StrCat(members, "head"));
}

model::v1::Directory LoadOrganisations(const std::string& folder) {
  const std::string file = absl::StrCat(folder, "/organisations.textproto");
  model::v1::Directory directory;
  if (!google::protobuf::TextFormat::ParseFromString(Read(file), &directory)) {
    Stop(absl::StrCat(file, " is no Directory"));
  }
  for (Organisation& one : *directory.mutable_organisations()) {
    if (one.members().empty()) AddMembers(one);
  }
  return directory;
}

// Of the pathway as it is written: loading makes steps of them.
std::set<std::string, std::less<>> UsesIn(const std::string& file) {
  model::v1::Pathway written;
  if (!google::protobuf::TextFormat::ParseFromString(Read(file), &written)) {
    Stop(absl::StrCat(file, " is no Pathway"));
  }
  std::set<std::string, std::less<>> uses;
  for (const model::v1::BlockUse& use : written.uses()) uses.insert(use.id());
  return uses;
}

struct Place {
  std::string catalogue;  // its folder
  std::string id;
};

ShippedPathway LoadBound(const Place& place, base::Problems& problems) {
  const std::string& id = place.id;
  const pathway::DirectoryFileReader files(place.catalogue);
  const auto loaded =
      pathway::LoadPathway(files, pathway::FileOfPathway(id), problems);
  if (!loaded.has_value()) return {};
  const auto overlay = pathway::LoadOverlay(
      files, absl::StrCat("overlays/demo-region.", id, ".textproto"),
      loaded->pathway.languages(), problems);
  if (!overlay.has_value()) return {};
  model::v1::Pathway bound = pathway::Bind(*loaded, &*overlay, problems)
                                 .value_or(model::v1::Pathway());
  std::string bytes = pathway::SerializeBound(bound);
  auto edition = pathway::Edition::FromBound(bytes, "");
  if (!edition.ok()) Stop(edition.status().ToString());
  return {.pathway = std::move(bound),
          .bound = std::move(bytes),
          .edition = *std::move(edition),
          .uses = UsesIn(
              absl::StrCat(place.catalogue, "/", pathway::FileOfPathway(id)))};
}

// The folders of the catalogue that hold a pathway of their name.
std::vector<std::string> PathwaysIn(const std::string& catalogue) {
  std::vector<std::string> ids;
  for (const fs::directory_entry& entry : fs::directory_iterator(catalogue)) {
    const std::string id = entry.path().filename().string();
    if (fs::exists(fs::path(catalogue) / pathway::FileOfPathway(id))) {
      ids.push_back(id);
    }
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

// Ours, and those of the other countries.
calendar::CalendarSet LoadCalendars(base::Problems& problems) {
  std::vector<calendar::CalendarFile> files = {
      {.name = kCalendar, .text = Read(kCalendar)}};
  for (const fs::directory_entry& entry :
       fs::directory_iterator(fs::path(kAbroad) / "calendars")) {
    const std::string name = entry.path().generic_string();
    files.push_back({.name = name, .text = Read(name)});
  }
  return calendar::LoadCalendars(files, problems);
}

scoring::InstrumentSet LoadInstruments(base::Problems& problems) {
  std::vector<std::string> names;
  for (const char* id : kInstruments) {
    names.push_back(absl::StrCat(id, ".textproto"));
  }
  return scoring::LoadInstruments(
      catalogue::DirectoryFileReader(kInstrumentCatalogue), names, problems);
}

Shipped* Load() {
  base::Problems problems;
  auto* shipped = new Shipped;
  for (const char* id : kPathways) {
    shipped->pathways.emplace(
        id, LoadBound({.catalogue = kCatalogue, .id = id}, problems));
  }
  for (const std::string& id : PathwaysIn(kAbroad)) {
    shipped->abroad.emplace(
        id, LoadBound({.catalogue = kAbroad, .id = id}, problems));
  }
  shipped->calendars = LoadCalendars(problems);
  shipped->measures =
      measures::LoadMeasureSets(catalogue::DirectoryFileReader(kMeasures),
                                {"ru-demo.textproto"}, problems);
  shipped->instruments = LoadInstruments(problems);
  shipped->organisations = LoadOrganisations(kData);
  shipped->organisations_abroad = LoadOrganisations(kAbroad);
  if (problems.HasErrors()) Stop(problems.ToStatus().ToString());
  return shipped;
}

}  // namespace

const Shipped& ShippedCatalogue() {
  static const Shipped* const shipped = Load();
  return *shipped;
}

bool IsOfBlock(const ShippedPathway& shipped, absl::string_view step) {
  return shipped.uses.count(step.substr(0, step.find('.'))) == 1;
}

const ShippedPathway& ShippedPathwayOf(absl::string_view id) {
  const Shipped& shipped = ShippedCatalogue();
  for (const auto* all : {&shipped.pathways, &shipped.abroad}) {
    const auto it = all->find(id);
    if (it != all->end()) return it->second;
  }
  Stop(absl::StrCat("no pathway ", id, " is shipped"));
}

const model::v1::Directory& OrganisationsFor(absl::string_view pathway) {
  const Shipped& shipped = ShippedCatalogue();
  return shipped.abroad.count(pathway) == 1 ? shipped.organisations_abroad
                                            : shipped.organisations;
}

std::set<std::string> PathwaysOpenedFrom(const std::string& id) {
  std::set<std::string> opened;
  std::vector<std::string> left = {id};
  while (!left.empty()) {
    const std::string one = std::move(left.back());
    left.pop_back();
    if (!opened.insert(one).second) continue;
    for (const model::v1::Step& step : ShippedPathwayOf(one).pathway.steps()) {
      for (const model::v1::Outcome& outcome : step.outcomes()) {
        if (outcome.has_opens_case()) {
          left.push_back(outcome.opens_case().pathway());
        }
      }
    }
  }
  return opened;
}

}  // namespace careroute::scenarios
