#include "services/tls/certificate.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/tls/testing/certificate_files.h"

namespace careroute::services {
namespace {

TEST(ReadCertificates, ReadsWhatAHubAsks) {
  CertificateFiles files("khabarovsk");
  const IssuedCertificate issued = files.Issue({.common_name = "Регистратура"});
  const auto read = ReadCertificates(issued.certificate);
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), 1u);
  const CertificateFacts& facts = read->front();
  EXPECT_EQ(facts.common_name, "Регистратура");
  EXPECT_EQ(facts.subject,
            "CN=Регистратура,O=careroute\\, for tests and demonstrations");
  EXPECT_TRUE(facts.dns_names.empty());
  EXPECT_EQ(facts.not_after - facts.not_before, absl::Hours(24 * 365 + 1));
}

TEST(ReadCertificates, ReadsAChainInOrder) {
  CertificateFiles files("khabarovsk");
  const auto read = ReadCertificates(
      absl::StrCat(files.Issue({.common_name = "one"}).certificate,
                   files.authority().certificate()));
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].common_name, "one");
  EXPECT_EQ((*read)[1].common_name, "development authority");
  EXPECT_EQ((*read)[0].issuer, (*read)[1].issuer);
  EXPECT_NE((*read)[0].serial, (*read)[1].serial);
}

TEST(ReadCertificates, RefusesWhatIsNone) {
  CertificateFiles files("khabarovsk");
  const IssuedCertificate issued = files.Issue({.common_name = "one"});
  const std::string half =
      issued.certificate.substr(0, issued.certificate.size() / 2);
  for (const std::string& text :
       {std::string(), std::string("no certificate"), issued.key, half,
        issued.certificate + half}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ReadCertificates(text).status()))
        << text;
  }
}

TEST(NamesHub, GoesByTheCommonNameAndTheNamesOfHosts) {
  const CertificateFacts facts{.common_name = "chita",
                               .dns_names = {"chita-2", "hub.example.org"}};
  EXPECT_TRUE(NamesHub(facts, "chita"));
  EXPECT_TRUE(NamesHub(facts, "chita-2"));
  EXPECT_FALSE(NamesHub(facts, "chita-3"));
  EXPECT_FALSE(NamesHub(facts, "example.org"));
  EXPECT_FALSE(NamesHub(CertificateFacts(), ""));
}

}  // namespace
}  // namespace careroute::services
