// services/command/pathway_file.h: a pathway from the files of a catalogue.

#ifndef CAREROUTE_SERVICES_COMMAND_PATHWAY_FILE_H_
#define CAREROUTE_SERVICES_COMMAND_PATHWAY_FILE_H_

#include <optional>
#include <string>

#include "careroute/model/v1/pathway.pb.h"
#include "lib/base/problems.h"

namespace careroute::services {

// The name of the overlay in the catalogue whose folder it is; nothing when it
// stands elsewhere.
[[nodiscard]] std::optional<std::string> NameInCatalogue(
    const std::string& overlay, const std::string& folder);

// Names in problems are relative to the catalogue; a person wants to open what
// they named. Renames those from `first` on.
void NameFromHere(const std::string& folder, size_t first,
                  base::Problems& problems);

// Adds the problem that an overlay stands in another catalogue than the
// pathway.
void ReportOtherCatalogue(const std::string& path, const std::string& folder,
                          const std::string& overlay, base::Problems& problems);

// The pathway expanded, and as the overlay binds it where one is named. Nothing
// when it cannot be loaded or bound; the problems say why.
[[nodiscard]] std::optional<model::v1::Pathway> ReadPathwayFile(
    const std::string& path, const std::string& overlay,
    base::Problems& problems);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_PATHWAY_FILE_H_
