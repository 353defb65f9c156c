// That a name is the same however an authority wrote it.

#include "services/tls/internal/openssl.h"

#include <openssl/asn1.h>

#include <memory>
#include <string>

#include "gtest/gtest.h"

namespace careroute::services::internal {
namespace {

using NamePtr = std::unique_ptr<X509_NAME, FreeWith<X509_NAME_free>>;

// `kind` is the type of string it is stored as.
std::string Named(int kind, const std::string& text) {
  const NamePtr name(X509_NAME_new());
  EXPECT_EQ(X509_NAME_add_entry_by_txt(
                name.get(), "CN", kind,
                reinterpret_cast<const unsigned char*>(text.data()),
                static_cast<int>(text.size()), -1, 0),
            1);
  return BytesOf(*name);
}

// A list of the revoked may write its issuer otherwise than the certificates
// do; TLS takes both for one authority, and so must whoever reads the list.
TEST(BytesOf, IsTheSameForANameHoweverItIsStored) {
  const std::string name = Named(V_ASN1_UTF8STRING, "Health Authority");
  EXPECT_EQ(Named(V_ASN1_PRINTABLESTRING, "Health Authority"), name);
  EXPECT_EQ(Named(V_ASN1_IA5STRING, "Health Authority"), name);
  EXPECT_EQ(Named(V_ASN1_UTF8STRING, "  health   AUTHORITY "), name);
}

TEST(BytesOf, TellsNamesApart) {
  const std::string name = Named(V_ASN1_UTF8STRING, "Health Authority");
  EXPECT_NE(Named(V_ASN1_UTF8STRING, "HealthAuthority"), name);
  EXPECT_NE(Named(V_ASN1_UTF8STRING, "Health Authority 2"), name);
  const NamePtr none(X509_NAME_new());
  EXPECT_NE(BytesOf(*none), name);
}

}  // namespace
}  // namespace careroute::services::internal
