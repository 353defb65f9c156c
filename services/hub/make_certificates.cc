#include "services/hub/make_certificates.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/catalogue/check_shape.h"
#include "services/tls/development_authority.h"

namespace careroute::services {
namespace {

namespace fs = std::filesystem;

// As an id of a hub may be.
constexpr size_t kIdLengthMax = 64;

absl::Status CheckNames(const std::vector<std::string>& names) {
  // What the authority's file is called.
  std::set<std::string> known = {"authority"};
  for (const std::string& name : names) {
    // Nothing that begins with a letter leads out of the folder.
    if (!catalogue::IsId(name, kIdLengthMax)) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", name,
                       "\" is no id; use a small letter, then at most 63 of "
                       "a-z, 0-9, _, - and ."));
    }
    if (!known.insert(name).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", name,
                       "\" stands twice, or is the authority's; give each hub "
                       "and system a name of its own"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckNew(const fs::path& folder,
                      const std::vector<std::string>& names) {
  std::vector<fs::path> paths = {folder / kAuthorityFile};
  for (const std::string& name : names) {
    paths.push_back(folder / absl::StrCat(name, ".pem"));
    paths.push_back(folder / absl::StrCat(name, ".key"));
  }
  // What cannot be looked at cannot be written either, which is said then.
  std::error_code ignored;
  for (const fs::path& path : paths) {
    if (!fs::exists(path, ignored)) continue;
    return absl::AlreadyExistsError(
        absl::StrCat(path.string(), " is there; choose another folder"));
  }
  return absl::OkStatus();
}

// Made with its mode, so that a key is at no moment readable by others.
absl::Status WriteNew(const fs::path& path, const std::string& text,
                      mode_t mode) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  bool written = file >= 0;
  size_t done = 0;
  while (written && done < text.size()) {
    const ssize_t put = write(file, text.data() + done, text.size() - done);
    written = put > 0;
    if (written) done += static_cast<size_t>(put);
  }
  if (file >= 0) written = close(file) == 0 && written;
  if (written) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat(path.string(),
                   " could not be written; name a folder that you may write "
                   "to, on a disk with room"));
}

}  // namespace

absl::Status MakeCertificates(const MakeCertificatesOptions& options) {
  std::vector<std::string> names = options.hubs;
  names.insert(names.end(), options.systems.begin(), options.systems.end());
  CAREROUTE_RETURN_IF_ERROR(CheckNames(names));
  const fs::path folder = options.folder;
  CAREROUTE_RETURN_IF_ERROR(CheckNew(folder, names));
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("the folder ", options.folder,
                     " cannot be made; name one in a folder that you may "
                     "write to"));
  }
  CAREROUTE_ASSIGN_OR_RETURN(DevelopmentAuthority authority,
                             DevelopmentAuthority::New({.now = options.now}));
  constexpr mode_t kReadable = 0644;
  constexpr mode_t kPrivate = 0600;
  CAREROUTE_RETURN_IF_ERROR(
      WriteNew(folder / kAuthorityFile, authority.certificate(), kReadable));
  for (const std::string& name : names) {
    CAREROUTE_ASSIGN_OR_RETURN(const IssuedCertificate issued,
                               authority.Issue({.common_name = name}));
    CAREROUTE_RETURN_IF_ERROR(WriteNew(folder / absl::StrCat(name, ".pem"),
                                       issued.certificate, kReadable));
    CAREROUTE_RETURN_IF_ERROR(
        WriteNew(folder / absl::StrCat(name, ".key"), issued.key, kPrivate));
  }
  return absl::OkStatus();
}

config::v1::TlsConfig TlsConfigOf(const std::string& folder,
                                  const std::string& hub) {
  std::error_code error;
  const fs::path absolute = fs::absolute(folder, error);
  const fs::path made = error ? fs::path(folder) : absolute;
  config::v1::TlsConfig tls;
  tls.set_certificate((made / absl::StrCat(hub, ".pem")).string());
  tls.set_key((made / absl::StrCat(hub, ".key")).string());
  tls.set_authorities((made / kAuthorityFile).string());
  return tls;
}

std::string TlsLineOf(const std::string& folder, const std::string& hub) {
  config::v1::HubConfig config;
  *config.mutable_tls() = TlsConfigOf(folder, hub);
  return config.ShortDebugString();
}

}  // namespace careroute::services
