@echo off
"%~dp0..\resources\node\bin\node.exe" "%~dp0..\resources\engine\cli.js" %*
