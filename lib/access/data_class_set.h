// lib/access/data_class_set.h: a set of data classes in two bytes.
//
// Verdicts, consents and referrals are all about sets of classes, on paths
// where a vector would allocate. The order of iteration is that of the enum, so
// what is written from a set is always written the same way.
//
//   DataClassSet allowed = DataClassSet::Of(consent.classes());
//   allowed.Add(model::v1::DATA_CLASS_ROUTE);
//   if (!allowed.Contains(model::v1::DATA_CLASS_MEDICAL)) Withhold();

#ifndef CAREROUTE_LIB_ACCESS_DATA_CLASS_SET_H_
#define CAREROUTE_LIB_ACCESS_DATA_CLASS_SET_H_

#include <cstdint>
#include <initializer_list>

#include "careroute/model/v1/data_class.pb.h"

namespace careroute::access {

// A value type. A class this release does not know, or UNSPECIFIED, cannot be
// added and is never contained: what is not understood is withheld.
class DataClassSet {
 public:
  constexpr DataClassSet() = default;
  constexpr DataClassSet(std::initializer_list<model::v1::DataClass> classes) {
    for (const model::v1::DataClass one : classes) {
      Add(one);
    }
  }

  // From a repeated enum field of a message, or any range of classes.
  template <typename Range>
  [[nodiscard]] static constexpr DataClassSet Of(const Range& classes) {
    DataClassSet set;
    for (const auto one : classes) {
      set.Add(static_cast<model::v1::DataClass>(one));
    }
    return set;
  }

  // Every class there is.
  [[nodiscard]] static constexpr DataClassSet All() {
    DataClassSet set;
    for (int one = 0; one <= model::v1::DataClass_MAX; ++one) {
      set.Add(static_cast<model::v1::DataClass>(one));
    }
    return set;
  }

  constexpr void Add(model::v1::DataClass one) { bits_ |= Bit(one); }
  constexpr void Remove(model::v1::DataClass one) {
    bits_ = static_cast<std::uint16_t>(bits_ & ~Bit(one));
  }

  [[nodiscard]] constexpr bool Contains(model::v1::DataClass one) const {
    return (bits_ & Bit(one)) != 0;
  }
  [[nodiscard]] constexpr bool ContainsAll(DataClassSet other) const {
    return (other.bits_ & ~bits_) == 0;
  }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }

  [[nodiscard]] constexpr DataClassSet And(DataClassSet other) const {
    return FromBits(bits_ & other.bits_);
  }
  [[nodiscard]] constexpr DataClassSet Or(DataClassSet other) const {
    return FromBits(bits_ | other.bits_);
  }
  [[nodiscard]] constexpr DataClassSet Without(DataClassSet other) const {
    return FromBits(bits_ & ~other.bits_);
  }

  // Calls `visit` with each class, in the order of the enum.
  template <typename Visit>
  constexpr void ForEach(Visit visit) const {
    for (int one = 0; one <= model::v1::DataClass_MAX; ++one) {
      const auto data_class = static_cast<model::v1::DataClass>(one);
      if (Contains(data_class)) {
        visit(data_class);
      }
    }
  }

  friend constexpr bool operator==(DataClassSet, DataClassSet) = default;

 private:
  static_assert(model::v1::DataClass_MAX < 16, "bits_ must grow");

  [[nodiscard]] static constexpr std::uint16_t Bit(model::v1::DataClass one) {
    if (one <= model::v1::DATA_CLASS_UNSPECIFIED ||
        one > model::v1::DataClass_MAX) {
      return 0;
    }
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(one));
  }
  [[nodiscard]] static constexpr DataClassSet FromBits(int bits) {
    DataClassSet set;
    set.bits_ = static_cast<std::uint16_t>(bits);
    return set;
  }

  std::uint16_t bits_ = 0;
};

}  // namespace careroute::access

#endif  // CAREROUTE_LIB_ACCESS_DATA_CLASS_SET_H_
