REGISTER("quadratic", quadratic)
REGISTER("rosenbrock", rosenbrock)
REGISTER("consensus", consensus)
