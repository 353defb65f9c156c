#include "services/tls/certificate_check.h"

#include <memory>

#include "gtest/gtest.h"
#include "services/tls/testing/certificate_files.h"

namespace careroute::services {
namespace {

class CertificateCheckTest : public testing::Test {
 protected:
  absl::Status Judge(const IssuedCertificate& issued) const {
    return certificates_->check()
        .Check({.certificate = issued.certificate, .chain = chain_})
        .status();
  }

  CertificateFiles files_{"khabarovsk"};
  std::string chain_ = files_.authority().certificate();
  std::unique_ptr<HubCertificates> certificates_ = files_.Open();
};

TEST_F(CertificateCheckTest, SaysWhoseItIs) {
  const auto facts = certificates_->check().Check(
      {.certificate = files_.Issue({.common_name = "chita"}).certificate});
  ASSERT_TRUE(facts.ok()) << facts.status();
  EXPECT_EQ(facts->common_name, "chita");
}

TEST_F(CertificateCheckTest, RefusesOneThatIsNotInForce) {
  EXPECT_TRUE(Judge(files_.Issue({.common_name = "a"})).ok());
  EXPECT_TRUE(
      absl::IsUnauthenticated(Judge(files_.Issue({.common_name = "a",
                                                  .from = -absl::Hours(2),
                                                  .until = -absl::Hours(1)}))));
  EXPECT_TRUE(absl::IsUnauthenticated(Judge(files_.Issue(
      {.common_name = "a", .from = absl::Hours(1), .until = absl::Hours(2)}))));
}

TEST_F(CertificateCheckTest, RefusesOneThatIsRevokedAfterItWasKnown) {
  const IssuedCertificate one = files_.Issue({.common_name = "a"});
  EXPECT_TRUE(Judge(one).ok());
  files_.Revoke({one.serial});
  EXPECT_TRUE(absl::IsUnauthenticated(Judge(one)));
}

TEST_F(CertificateCheckTest, RefusesWhatIsNone) {
  EXPECT_TRUE(absl::IsUnauthenticated(Judge({.certificate = "garbage"})));
  EXPECT_TRUE(
      absl::IsUnauthenticated(certificates_->check().Check({}).status()));
}

}  // namespace
}  // namespace careroute::services
