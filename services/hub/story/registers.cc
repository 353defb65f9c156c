#include "services/hub/story/registers.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "careroute/api/v1/directory_service.pb.h"
#include "google/protobuf/text_format.h"
#include "services/core/catalogue.h"

namespace careroute::services {
namespace {

// A file of data/, and the hub of those who stand in it.
struct RegisterFile {
  const char* file;
  const char* hub;
};

// Khabarovsk first: the centre's clinic belongs to an organisation there.
constexpr RegisterFile kRegisters[] = {{"khabarovsk", kKhabarovskHub},
                                       {"kuzbass", kKhabarovskHub},
                                       {"zabaykalye", kKhabarovskHub},
                                       {"interregional-centre", kCentreHub},
                                       {"primorye", kPrimoryeHub}};

model::v1::Directory Read(const Teller& teller, const std::string& file) {
  const std::string path =
      (std::filesystem::path(CatalogueFolder("")).parent_path() / "story" /
       absl::StrCat(file, ".textproto"))
          .string();
  std::ifstream stream(path);
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  model::v1::Directory directory;
  teller.Expect(!text.empty() && google::protobuf::TextFormat::ParseFromString(
                                     text, &directory),
                absl::StrCat("the organisations stand in ", path));
  return directory;
}

// Into that hub; where another hosts them, each says so.
void Import(const Teller& teller, const std::string& hub,
            const RegisterFile& from, model::v1::Directory directory) {
  if (hub != from.hub) {
    for (model::v1::Organisation& one : *directory.mutable_organisations()) {
      one.set_hub(from.hub);
    }
  }
  const int count = directory.organisations_size();
  api::v1::ImportDirectoryRequest request;
  *request.mutable_directory() = std::move(directory);
  const auto reply = teller.Do<api::v1::ImportDirectoryResponse>(
      HubAdministrator(hub), "DirectoryService.ImportDirectory",
      std::move(request));
  teller.Expect(reply.created() == count, "every organisation is imported");
}

}  // namespace

int ImportRegisters(const Teller& teller, Hubs& hubs) {
  int count = 0;
  for (const RegisterFile& one : kRegisters) {
    const model::v1::Directory directory = Read(teller, one.file);
    count += directory.organisations_size();
    for (const model::v1::Organisation& organisation :
         directory.organisations()) {
      hubs.Settle(
          std::string(absl::StripPrefix(organisation.name(), "organisations/")),
          one.hub);
    }
    for (const char* hub : kHubs) Import(teller, hub, one, directory);
  }
  return count;
}

}  // namespace careroute::services
