// What a hub's certificate files must be, and whether a hub says which of them
// is not.

#include "services/tls/hub_certificates.h"

#include <filesystem>
#include <string>

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "services/tls/testing/certificate_files.h"

namespace careroute::services {
namespace {

class HubCertificatesTest : public testing::Test {
 protected:
  [[nodiscard]] absl::Status Opened(const config::v1::TlsConfig& config) const {
    return HubCertificates::Open({.config = config, .hub_id = files_.hub_id()})
        .status();
  }
  [[nodiscard]] absl::Status Opened() const { return Opened(files_.config()); }

  static testing::AssertionResult Names(const absl::Status& status,
                                        const std::string& field) {
    if (!status.ok() && absl::StrContains(status.message(), field)) {
      return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << field << " is not named: " << status;
  }

  CertificateFiles files_{"khabarovsk"};
};

TEST_F(HubCertificatesTest, OpensWhatBelongsTogether) {
  EXPECT_TRUE(Opened().ok()) << Opened();
  EXPECT_EQ(files_.Open()->own().common_name, "khabarovsk");
}

TEST_F(HubCertificatesTest, NamesTheFileThatIsMissing) {
  for (const char* field : {"certificate", "key", "authorities", "revoked"}) {
    config::v1::TlsConfig config = files_.config();
    config.GetReflection()->SetString(
        &config, config.GetDescriptor()->FindFieldByName(field),
        files_.config().key() + ".gone");
    EXPECT_TRUE(Names(Opened(config), std::string("tls.") + field));
  }
}

TEST_F(HubCertificatesTest, NamesTheFileThatHoldsSomethingElse) {
  for (const char* field : {"certificate", "key", "authorities", "revoked"}) {
    CertificateFiles files("khabarovsk");
    const config::v1::TlsConfig& config = files.config();
    files.Put(config.GetReflection()->GetString(
                  config, config.GetDescriptor()->FindFieldByName(field)),
              "something else");
    EXPECT_TRUE(Names(Opened(config), std::string("tls.") + field));
  }
}

TEST_F(HubCertificatesTest, WantsItsOwnCertificateInForceToday) {
  files_.PutOwn(files_.Issue({.common_name = "chita"}));
  EXPECT_TRUE(Names(Opened(), "tls.certificate"));
  files_.PutOwn(files_.Issue({.common_name = "khabarovsk",
                              .from = -absl::Hours(2),
                              .until = -absl::Hours(1)}));
  EXPECT_TRUE(Names(Opened(), "tls.certificate"));
}

TEST_F(HubCertificatesTest, WantsTheKeyOfItsCertificate) {
  files_.Put(files_.config().key(),
             files_.Issue({.common_name = "khabarovsk"}).key);
  EXPECT_TRUE(Names(Opened(), "tls.key"));
}

TEST_F(HubCertificatesTest, WantsAKeyThatNobodyElseReads) {
  std::filesystem::permissions(files_.config().key(),
                               std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_TRUE(Names(Opened(), "tls.key"));
}

}  // namespace
}  // namespace careroute::services
