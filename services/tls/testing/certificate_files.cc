#include "services/tls/testing/certificate_files.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/base/check.h"
#include "lib/base/real_clock.h"

namespace careroute::services {

CertificateFiles::CertificateFiles(std::string hub_id,
                                   DevelopmentAuthority* authority)
    : hub_id_(std::move(hub_id)),
      made_(NewAuthority()),
      authority_(authority != nullptr ? authority : &made_) {
  config_.set_certificate(scratch_.File("hub.pem"));
  config_.set_key(scratch_.File("hub.key"));
  config_.set_authorities(scratch_.File("authorities.pem"));
  config_.set_revoked(scratch_.File("revoked.pem"));
  Put(config_.authorities(), authority_->certificate());
  PutOwn(Issue({.common_name = hub_id_}));
  Revoke({});
}

DevelopmentAuthority CertificateFiles::NewAuthority() {
  absl::StatusOr<DevelopmentAuthority> made =
      DevelopmentAuthority::New({.now = base::RealClock().Now()});
  CAREROUTE_CHECK(made.ok());
  return *std::move(made);
}

IssuedCertificate CertificateFiles::Issue(const IssueRequest& request) {
  absl::StatusOr<IssuedCertificate> issued = authority_->Issue(request);
  CAREROUTE_CHECK(issued.ok());
  return *std::move(issued);
}

std::unique_ptr<HubCertificates> CertificateFiles::Open() {
  absl::StatusOr<std::unique_ptr<HubCertificates>> opened =
      HubCertificates::Open({.config = config_,
                             .hub_id = hub_id_,
                             .on_problem =
                                 [this](absl::string_view problem) {
                                   problems_.emplace_back(problem.data(),
                                                          problem.size());
                                 },
                             .refresh_seconds = 1});
  CAREROUTE_CHECK(opened.ok());
  return *std::move(opened);
}

void CertificateFiles::PutOwn(const IssuedCertificate& issued) {
  Put(config_.key(), issued.key);
  Put(config_.certificate(), issued.certificate);
}

void CertificateFiles::Revoke(const std::vector<int64_t>& serials) {
  const absl::StatusOr<std::string> list = authority_->RevocationList(serials);
  CAREROUTE_CHECK(list.ok());
  Put(config_.revoked(), *list);
}

// Under another name first, as an operator must: nobody may read half a file.
void CertificateFiles::Put(const std::string& path, const std::string& text) {
  const std::string beside = absl::StrCat(path, ".new");
  {
    std::ofstream stream(beside, std::ios::binary);
    stream << text;
    CAREROUTE_CHECK(stream.flush().good());
  }
  std::filesystem::permissions(beside, std::filesystem::perms::owner_read |
                                           std::filesystem::perms::owner_write);
  std::filesystem::rename(beside, path);
}

}  // namespace careroute::services
