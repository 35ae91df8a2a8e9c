#include "ranges.hpp"

#include "error.hpp"

#include <cmath>
#include <sstream>

namespace facet {
namespace {

[[noreturn]] void refuse(const char * kind, double min, double max, const std::string & field) {
    std::ostringstream text;
    text.precision(15);
    text << "must be " << kind << " from " << min << " to " << max;
    throw Error(ErrorCode::invalid_request, field, text.str());
}

} // namespace

int64_t whole_number(double value, int64_t min, int64_t max, const std::string & field) {
    const double low = static_cast<double>(min);
    const double high = static_cast<double>(max);
    // Written so that NaN fails.
    if (!(value >= low && value <= high) || std::floor(value) != value) refuse("a whole number", low, high, field);
    return static_cast<int64_t>(value);
}

double real_number(double value, double min, double max, const std::string & field) {
    if (!(value >= min && value <= max)) refuse("a number", min, max, field);
    return value;
}

} // namespace facet
