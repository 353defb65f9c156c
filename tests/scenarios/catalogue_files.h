// tests/scenarios/catalogue_files.h: the shipped files of the pathway, as a
// region would change them for its next edition.
//
//   CAREROUTE_ASSIGN_OR_RETURN(const CatalogueFiles files,
//                              ChangedCatalogue("early-help", publish));

#ifndef CAREROUTE_TESTS_SCENARIOS_CATALOGUE_FILES_H_
#define CAREROUTE_TESTS_SCENARIOS_CATALOGUE_FILES_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "careroute/testing/v1/scenario.pb.h"

namespace careroute::scenarios {

// By path relative to the catalogue.
using CatalogueFiles = std::map<std::string, std::string>;

// The pathway, the blocks, their texts and its overlay. INVALID_ARGUMENT when
// what is to be changed does not stand in its file exactly once.
[[nodiscard]] absl::StatusOr<CatalogueFiles> ChangedCatalogue(
    absl::string_view pathway, const testing::v1::Publish& publish);

}  // namespace careroute::scenarios

#endif  // CAREROUTE_TESTS_SCENARIOS_CATALOGUE_FILES_H_
