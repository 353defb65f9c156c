// services/tls/testing/certificate_files.h: a hub's certificate files.
//
//   CertificateFiles files("khabarovsk");
//   const auto certificates = files.Open();
//   files.Revoke({peer.serial});           // while the hub runs

#ifndef CAREROUTE_SERVICES_TLS_TESTING_CERTIFICATE_FILES_H_
#define CAREROUTE_SERVICES_TLS_TESTING_CERTIFICATE_FILES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "careroute/config/v1/hub.pb.h"
#include "lib/store/scratch_directory.h"
#include "services/tls/development_authority.h"
#include "services/tls/hub_certificates.h"

namespace careroute::services {

// For one thread. What cannot be made stops the test. The files are gone when
// it is destroyed.
class CertificateFiles {
 public:
  // Issues the hub a certificate of `authority`, or of one of its own;
  // borrowed.
  explicit CertificateFiles(std::string hub_id,
                            DevelopmentAuthority* authority = nullptr);

  // An authority of today.
  [[nodiscard]] static DevelopmentAuthority NewAuthority();

  [[nodiscard]] DevelopmentAuthority& authority() { return *authority_; }
  [[nodiscard]] const config::v1::TlsConfig& config() const { return config_; }
  [[nodiscard]] const std::string& hub_id() const { return hub_id_; }

  [[nodiscard]] IssuedCertificate Issue(const IssueRequest& request);

  // Looked at every second, so that tests of a replacement end soon. The
  // problems are kept.
  [[nodiscard]] std::unique_ptr<HubCertificates> Open();
  [[nodiscard]] const std::vector<std::string>& problems() const {
    return problems_;
  }

  // Replaces the hub's certificate and key.
  void PutOwn(const IssuedCertificate& issued);
  // Replaces the list of the revoked.
  void Revoke(const std::vector<int64_t>& serials);
  // Replaces a file of the configuration by any text.
  void Put(const std::string& path, const std::string& text);

 private:
  store::ScratchDirectory scratch_;
  const std::string hub_id_;
  DevelopmentAuthority made_;
  DevelopmentAuthority* const authority_;
  config::v1::TlsConfig config_;
  std::vector<std::string> problems_;
};

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_TLS_TESTING_CERTIFICATE_FILES_H_
