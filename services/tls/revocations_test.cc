#include "services/tls/revocations.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/tls/testing/certificate_files.h"

namespace careroute::services {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

CertificateFacts FactsOf(const IssuedCertificate& issued) {
  return ReadCertificates(issued.certificate)->front();
}

class RevocationsTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Revocations>> Open() {
    return Revocations::Open({.file = files_.config().revoked(),
                              .authorities = files_.config().authorities(),
                              .on_problem = [this](absl::string_view problem) {
                                problems_.emplace_back(problem.data(),
                                                       problem.size());
                              }});
  }

  CertificateFiles files_{"khabarovsk"};
  std::vector<std::string> problems_;
};

TEST_F(RevocationsTest, RevokesWhatTheFileNamesAsSoonAsItDoes) {
  const IssuedCertificate one = files_.Issue({.common_name = "one"});
  const IssuedCertificate two = files_.Issue({.common_name = "two"});
  const auto revocations = Open();
  ASSERT_TRUE(revocations.ok()) << revocations.status();
  EXPECT_FALSE((*revocations)->Revokes(FactsOf(one)));
  const int64_t before = (*revocations)->Revision();
  EXPECT_EQ((*revocations)->Revision(), before);
  files_.Revoke({one.serial});
  EXPECT_TRUE((*revocations)->Revokes(FactsOf(one)));
  EXPECT_FALSE((*revocations)->Revokes(FactsOf(two)));
  EXPECT_NE((*revocations)->Revision(), before);
  files_.Revoke({two.serial});
  EXPECT_FALSE((*revocations)->Revokes(FactsOf(one)));
  EXPECT_TRUE((*revocations)->Revokes(FactsOf(two)));
}

// Numbers are each authority's own.
TEST_F(RevocationsTest, RevokesNothingOfAnotherAuthority) {
  const IssuedCertificate ours = files_.Issue({.common_name = "one"});
  absl::StatusOr<DevelopmentAuthority> other = DevelopmentAuthority::New(
      {.now = absl::UnixEpoch(), .common_name = "another authority"});
  ASSERT_TRUE(other.ok());
  absl::StatusOr<IssuedCertificate> theirs =
      other->Issue({.common_name = "one"});
  while (theirs.ok() && theirs->serial < ours.serial) {
    theirs = other->Issue({.common_name = "one"});
  }
  ASSERT_TRUE(theirs.ok());
  ASSERT_EQ(theirs->serial, ours.serial);
  files_.Revoke({ours.serial});
  const auto revocations = Open();
  ASSERT_TRUE(revocations.ok()) << revocations.status();
  EXPECT_TRUE((*revocations)->Revokes(FactsOf(ours)));
  EXPECT_FALSE((*revocations)->Revokes(FactsOf(*theirs)));
}

TEST_F(RevocationsTest, KeepsWhatWasRevokedWhenTheFileIsSpoiled) {
  const IssuedCertificate one = files_.Issue({.common_name = "one"});
  files_.Revoke({one.serial});
  const auto revocations = Open();
  ASSERT_TRUE(revocations.ok()) << revocations.status();
  files_.Put(files_.config().revoked(), "no list");
  EXPECT_TRUE((*revocations)->Revokes(FactsOf(one)));
  EXPECT_TRUE((*revocations)->Revokes(FactsOf(one)));
  ASSERT_THAT(problems_, SizeIs(1));
  EXPECT_THAT(problems_[0], HasSubstr(files_.config().revoked()));
  files_.Revoke({});
  EXPECT_FALSE((*revocations)->Revokes(FactsOf(one)));
}

TEST_F(RevocationsTest, BelievesOnlyListsOfTrustedAuthorities) {
  DevelopmentAuthority impostor = CertificateFiles::NewAuthority();
  const absl::StatusOr<std::string> forged = impostor.RevocationList({});
  ASSERT_TRUE(forged.ok());
  files_.Put(files_.config().revoked(), *forged);
  const auto revocations = Open();
  EXPECT_TRUE(absl::IsInvalidArgument(revocations.status()));
  EXPECT_THAT(std::string(revocations.status().message()),
              HasSubstr("none of the trusted authorities"));
}

TEST_F(RevocationsTest, DoesNotBeginWithoutTheFileItWasTold) {
  const auto nowhere =
      Revocations::Open({.file = files_.config().revoked() + ".gone",
                         .authorities = files_.config().authorities()});
  EXPECT_TRUE(absl::IsNotFound(nowhere.status())) << nowhere.status();
  const auto none = Revocations::Open({});
  ASSERT_TRUE(none.ok());
  EXPECT_FALSE((*none)->Revokes(FactsOf(files_.Issue({.common_name = "one"}))));
}

}  // namespace
}  // namespace careroute::services
